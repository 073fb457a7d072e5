import { AwsError } from '../core/aws-error.js';
import type { Scalar } from './service-model.js';
import type { ReadFormat } from './value-reader.js';

/** The error for JSON whose values are of other kinds than the model's. */
function serialization(message: string): AwsError {
  return new AwsError('SerializationException', message);
}

/** A JSON token in the words of AWS's JSON readers. */
function tokenOf(value: unknown): string {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
  return value === true ? 'TRUE_VALUE' : 'FALSE_VALUE';
}

function wrongKind(value: unknown, kind: string): AwsError {
  if (typeof value !== 'object') return serialization(`${tokenOf(value)} cannot be converted to ${kind}`);
  return Array.isArray(value)
    ? serialization('Start of list found where not expected')
    : serialization('Start of structure or map found where not expected.');
}

const KINDS: Readonly<Partial<Record<Scalar, string>>> = { string: 'String', number: 'Integer', boolean: 'Boolean' };

function asStructure(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  if (typeof value === 'object') throw wrongKind(value, '');
  throw serialization('Unexpected value type in payload');
}

/** Epoch seconds, or a date as text. */
function dateOf(value: unknown): Date {
  const date = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
  if (Number.isNaN(date.getTime())) throw wrongKind(value, 'Timestamp');
  return date;
}

/** JSON as AWS's JSON protocols carry it: bytes as base64, timestamps as epoch seconds. */
export const jsonFormat: ReadFormat = {
  nameOf: (member, { jsonName }) => jsonName ?? member,
  structure: asStructure,
  list: (value) => {
    if (Array.isArray(value)) return value;
    throw typeof value === 'object'
      ? wrongKind(value, 'List')
      : serialization(`Unexpected field type: expected a list, found ${tokenOf(value)}`);
  },
  entries: (value) => Object.entries(asStructure(value)),
  scalar: (kind, value) => {
    switch (kind) {
      case 'document':
        return value;
      case 'string':
      case 'number':
      case 'boolean':
        if (typeof value === kind) return value;
        throw wrongKind(value, KINDS[kind] ?? kind);
      case 'blob':
      case 'stream':
        if (typeof value !== 'string') throw wrongKind(value, 'Blob');
        return new Uint8Array(Buffer.from(value, 'base64'));
      default:
        return dateOf(value);
    }
  },
};
