import { isUtf8 } from 'node:buffer';
import { AwsError } from '../core/aws-error.js';
import { JsonOverBudget, parseJson } from '../core/json.js';

/** JSON as AWS's JSON protocols have it: dates as epoch seconds, bytes as base64. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, encoded: unknown) {
    const original = this[key];
    if (original instanceof Date) return original.getTime() / 1000;
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
    return encoded;
  });
}

/** Half of a character: no UTF-8 has it, and it would become the same replacement character as any other. */
const LONE_SURROGATE = /\p{Surrogate}/u;
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/;

function hasLoneSurrogate(value: unknown): boolean {
  if (typeof value === 'string') return LONE_SURROGATE.test(value);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(hasLoneSurrogate);
  return Object.entries(value).some(([key, member]) => LONE_SURROGATE.test(key) || hasLoneSurrogate(member));
}

/**
 * The body's JSON object; an empty body is an empty object.
 *
 * @throws AwsError SerializationException where it is not JSON, or its text is no Unicode
 */
export function readJson(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  if (!isUtf8(body)) throw new AwsError('SerializationException', 'Unexpected value in the body: it is not UTF-8');
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString();
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    const problem = error instanceof JsonOverBudget ? error.message : 'it is not JSON';
    throw new AwsError('SerializationException', `Unexpected value in the body: ${problem}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected');
  }
  // Bytes that are UTF-8 have none; an escape may.
  if (ESCAPED_SURROGATE.test(text) && hasLoneSurrogate(value)) {
    throw new AwsError('SerializationException', 'Unexpected value in the body: half of a surrogate pair');
  }
  return value as Record<string, unknown>;
}
