/** One attribute as the wire spells it: exactly one member is there. Binary is base64. Numbers are plain decimals. */
export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: boolean;
  readonly SS?: readonly string[];
  readonly NS?: readonly string[];
  readonly BS?: readonly string[];
  readonly L?: readonly AttributeValue[];
  readonly M?: Item;
}

export type AttributeType = keyof AttributeValue;

/** Attributes by name: an item, a key, or the inside of a map. */
export type Item = Readonly<Record<string, AttributeValue>>;

const TYPES = ['S', 'N', 'B', 'BOOL', 'NULL', 'SS', 'NS', 'BS', 'L', 'M'] as const;

export function typeOf(value: AttributeValue): AttributeType {
  for (const type of TYPES) if (value[type] !== undefined) return type;
  throw new TypeError('an attribute value without a type');
}

/** The attribute of that name: names such as `constructor` are names like any other. */
export function attributeOf(item: Item | undefined, name: string): AttributeValue | undefined {
  return item && Object.hasOwn(item, name) ? item[name] : undefined;
}

/** The text of a scalar key attribute. */
export function scalarOf(value: AttributeValue): string {
  return value.S ?? value.N ?? value.B ?? '';
}

/** The nesting depth of lists and maps: 0 for a scalar. */
export function depthOf(value: AttributeValue): number {
  const inner = value.L ?? (value.M && Object.values(value.M));
  return inner ? 1 + inner.reduce((deepest, element) => Math.max(deepest, depthOf(element)), 0) : 0;
}

const bytesOfText = (text: string): number => Buffer.byteLength(text);
const bytesOfBase64 = (text: string): number => Buffer.byteLength(text, 'base64');

/** Half a byte a digit of the mantissa, and one for the exponent, at most 21 ("Item sizes and formats"). */
function bytesOfNumber(text: string): number {
  const digits = text.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  return Math.min(21, Math.ceil(digits.length / 2) + 1 + (text.startsWith('-') ? 1 : 0));
}

function sum<T>(values: readonly T[], bytes: (value: T) => number): number {
  let total = 0;
  for (const value of values) total += bytes(value);
  return total;
}

function sizeOfValue(value: AttributeValue): number {
  if (value.S !== undefined) return bytesOfText(value.S);
  if (value.N !== undefined) return bytesOfNumber(value.N);
  if (value.B !== undefined) return bytesOfBase64(value.B);
  if (value.SS) return sum(value.SS, bytesOfText);
  if (value.NS) return sum(value.NS, bytesOfNumber);
  if (value.BS) return sum(value.BS, bytesOfBase64);
  if (value.L) return 3 + sum(value.L, (element) => 1 + sizeOfValue(element));
  if (value.M) return 3 + Object.keys(value.M).length + sizeOf(value.M);
  return 1;
}

/** Bytes an item counts for: UTF-8 names and values ("DynamoDB item sizes and formats"). */
export function sizeOf(item: Item): number {
  let total = 0;
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value) total += bytesOfText(name) + sizeOfValue(value);
  }
  return total;
}
