import { AwsError } from '../core/aws-error.js';
import type { Scalar } from './service-model.js';
import type { ReadFormat } from './value-reader.js';

function wrongKind(path: string, kind: string): AwsError {
  return new AwsError('SerializationException', `${path || 'The input'} must be ${kind}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function structure(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw wrongKind(path, 'a structure');
}

const NAMES: Readonly<Partial<Record<Scalar, string>>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'a boolean',
  blob: 'bytes',
};

/** A scalar, or undefined where the value can not be taken for one of its kind. */
export function scalarOf(kind: Scalar, value: unknown): unknown {
  switch (kind) {
    case 'string':
      return typeof value === 'object' ? undefined : String(value);
    case 'number': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && !Number.isNaN(number) ? number : undefined;
    }
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' ? true : value === 'false' ? false : undefined;
    case 'blob':
      if (value instanceof Uint8Array) return value;
      return typeof value === 'string' ? new Uint8Array(Buffer.from(value, 'base64')) : undefined;
    case 'stream':
    case 'document':
    case 'unit':
      return value;
    default: {
      const date = value instanceof Date ? value : new Date(typeof value === 'number' ? value * 1000 : String(value));
      return Number.isNaN(date.getTime()) ? undefined : date;
    }
  }
}

/**
 * Values of calls in process, and of CloudFormation's properties: members by the SDK's names, scalars as they are or as
 * text (`"30"` for 30, `"true"` for true), which is how CloudFormation hands them over.
 */
export const looseFormat: ReadFormat = {
  nameOf: (member) => member,
  structure,
  list: (value, path) => {
    if (Array.isArray(value)) return value;
    throw wrongKind(path, 'a list');
  },
  entries: (value, path) => Object.entries(structure(value, path)),
  scalar: (kind, value, path) => {
    const scalar = scalarOf(kind, value);
    if (scalar === undefined) throw wrongKind(path, NAMES[kind] ?? 'a date');
    return scalar;
  },
};
