import { tag, tagSymbol } from '@smithy/core/cbor';
import { AwsError } from '../core/aws-error.js';
import type { Member, Scalar, ServiceModel } from './service-model.js';
import type { ReadFormat } from './value-reader.js';
import { createWriters, same, type WriteValue } from './value-writer.js';

/** The unit of timestamps: seconds in Smithy RPC v2, milliseconds in AWS's older use of CBOR, which RFC 8949 has not. */
export type CborTime = 'seconds' | 'milliseconds';

/** The tag of epoch-based dates (RFC 8949, 3.4.2). */
const EPOCH = 1;

const serialization = (message: string): AwsError => new AwsError('SerializationException', message);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}

function structure(value: unknown): Readonly<Record<string, unknown>> {
  if (isRecord(value)) return value;
  throw serialization('Start of structure or map expected');
}

function dateOf(value: unknown, time: CborTime): Date {
  const tagged: unknown = isRecord(value) && Reflect.has(value, tagSymbol) ? value.value : value;
  const date = new Date(Number(tagged) * (time === 'seconds' ? 1000 : 1));
  if (typeof tagged === 'object' || Number.isNaN(date.getTime())) throw serialization('A timestamp is expected');
  return date;
}

function scalarOf(kind: Scalar, value: unknown, time: CborTime): unknown {
  switch (kind) {
    case 'document':
      return value;
    case 'string':
    case 'boolean':
      if (typeof value === kind) return value;
      throw serialization(`A ${kind} is expected`);
    case 'number':
      if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
      throw serialization('A number is expected');
    case 'blob':
    case 'stream':
      if (value instanceof Uint8Array) return new Uint8Array(value);
      throw serialization('Bytes are expected');
    default:
      return dateOf(value, time);
  }
}

/** CBOR as AWS's protocols carry it: members by their names in the model, bytes as bytes. */
export function cborFormat(time: CborTime): ReadFormat {
  return {
    nameOf: (member) => member,
    structure,
    list: (value) => {
      if (Array.isArray(value)) return value;
      throw serialization('A list is expected');
    },
    entries: (value) => Object.entries(structure(value)),
    scalar: (kind, value) => scalarOf(kind, value, time),
  };
}

/** Writers of one service's shapes as what the encoder of CBOR takes: dates become tagged numbers. */
export function createCborWriters(model: ServiceModel, time: CborTime): (member: Member) => WriteValue {
  const write: WriteValue = (value) =>
    value instanceof Date ? tag({ tag: EPOCH, value: value.getTime() / (time === 'seconds' ? 1000 : 1) }) : value;
  return createWriters(model, {
    nameOf: (member) => member,
    refusesAbsent: true,
    scalar: (kind) =>
      kind === 'timestamp' || kind === 'epoch-seconds' || kind === 'date-time' || kind === 'http-date' ? write : same,
  });
}
