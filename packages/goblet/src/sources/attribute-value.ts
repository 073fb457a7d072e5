import { notAttributeType, notNumber, otherValue } from '../errors/records.js';
import { mixedSet, noAttributeValue } from '../errors/testing.js';
import { hasShape, type Shape } from '../lambda/event-shape.js';
import { RecordRefused } from './record-refused.js';

/** The values of a DynamoDB item in JavaScript. */
export type Attribute =
  | string
  | number
  | bigint
  | boolean
  | null
  | Uint8Array
  | ReadonlySet<string | number | bigint | Uint8Array>
  | readonly Attribute[]
  | { readonly [name: string]: Attribute };

/** An item of a table as JavaScript values. */
export type Item = Readonly<Record<string, Attribute>>;

/** Sign, significant digits, and the power of ten of their last one. */
function digitsOf(text: string): { sign: string; digits: string; exponent: number } {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const significant = `${whole}${fraction}`.replace(/^0+/, '');
  const digits = significant.replace(/0+$/, '');
  const exponent = Number(power) - fraction.length + (significant.length - digits.length);
  return digits === '' ? { sign: '', digits: '0', exponent: 0 } : { sign: sign === '-' ? '-' : '', digits, exponent };
}

/**
 * A DynamoDB number has 38 digits, a JavaScript number about 16. A number that fits becomes a number, a larger whole
 * number a bigint, as in the AWS SDK, and any other fraction its text. No digit is ever lost.
 * @throws RecordRefused for an invalid number
 */
export function decodeNumber(text: string): number | bigint | string {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new RecordRefused(notNumber(text));
  const exact = digitsOf(text);
  if (exact.exponent >= 0)
    return Number.isSafeInteger(value) ? value : BigInt(exact.sign + exact.digits + '0'.repeat(exact.exponent));
  const kept = digitsOf(String(value));
  const same = kept.sign === exact.sign && kept.digits === exact.digits && kept.exponent === exact.exponent;
  return same ? value : text;
}

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

type Reader = readonly [shape: Shape, read: (value: never) => Attribute];

const READERS: Readonly<Record<string, Reader>> = {
  S: ['string', (value: string) => value],
  N: ['string', decodeNumber],
  B: ['string', bytes],
  BOOL: ['boolean', (value: boolean) => value],
  NULL: ['unknown', () => null],
  L: [['unknown'], (values: readonly unknown[]) => values.map(decodeAttribute)],
  M: [{ '*': 'unknown' }, (values: Readonly<Record<string, unknown>>) => decodeItem(values)],
  SS: [['string'], (values: readonly string[]) => new Set(values)],
  NS: [['string'], (values: readonly string[]) => new Set(values.map(decodeNumber))],
  BS: [['string'], (values: readonly string[]) => new Set(values.map(bytes))],
};

/**
 * An attribute value as delivered by Lambda ("AttributeValue" of the DynamoDB API, binary in base64), converted to
 * JavaScript.
 * @throws RecordRefused for an unknown type, or a value that does not match its type
 */
export function decodeAttribute(given: unknown): Attribute {
  const [type = 'none', value] = Object.entries(given ?? {})[0] ?? [];
  const reader = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  if (!reader) throw new RecordRefused(notAttributeType(type));
  const [shape, read] = reader;
  if (!hasShape(value, shape)) throw new RecordRefused(otherValue(type));
  return read(value as never);
}

/** @throws RecordRefused */
export function decodeItem(given: Readonly<Record<string, unknown>>): Item {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, decodeAttribute(value)]));
}

/**
 * The attribute value for a JavaScript value, for tests.
 * @throws TypeError for a value that DynamoDB cannot store
 */
export function encodeAttribute(value: unknown): Readonly<Record<string, unknown>> {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return { N: String(value) };
  if (value instanceof Uint8Array) return { B: Buffer.from(value).toString('base64') };
  if (value instanceof Set && value.size) return encodeSet([...value]);
  if (Array.isArray(value)) return { L: value.map(encodeAttribute) };
  const isPlain = typeof value === 'object' && [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (isPlain) return { M: encodeItem(value as object) };
  throw new TypeError(noAttributeValue(value));
}

function encodeSet(values: readonly unknown[]): Readonly<Record<string, unknown>> {
  const encoded = values.map(encodeAttribute);
  for (const type of ['S', 'N', 'B'])
    if (encoded.every((one) => type in one)) return { [`${type}S`]: encoded.map((one) => one[type]) };
  throw new TypeError(mixedSet);
}

/**
 * An item for tests; members that are `undefined` are omitted.
 * @throws TypeError
 */
export function encodeItem(item: object): Readonly<Record<string, unknown>> {
  const present = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, encodeAttribute(value)]));
}
