import { AwsError } from '../core/aws-error.js';

/** JSON as AWS's JSON protocols have it: dates as epoch seconds, bytes as base64. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key: string, encoded: unknown) {
    const original = this[key];
    if (original instanceof Date) return original.getTime() / 1000;
    if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
    return encoded;
  });
}

/** The body's JSON object; an empty body is an empty object. Throws SerializationException. */
export function readJson(body: Uint8Array): Record<string, unknown> {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  } catch {
    throw new AwsError('SerializationException', 'Unexpected value in the body: it is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'Start of structure or map found where not expected');
  }
  return value as Record<string, unknown>;
}
