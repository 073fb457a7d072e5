import { type AttributeType, type AttributeValue, attributeOf, typeOf } from './attribute-value.js';
import { compareNumbers } from './decimal.js';

/** Sets have no order; lists and maps are compared in depth. Numbers are plain decimals, so equal ones are spelt alike. */
export function valuesEqual(a: AttributeValue, b: AttributeValue): boolean {
  const type = typeOf(a);
  if (type !== typeOf(b)) return false;
  switch (type) {
    case 'SS':
    case 'NS':
    case 'BS': {
      const members = new Set(b[type]);
      return members.size === a[type]?.length && a[type].every((member) => members.has(member));
    }
    case 'L':
      return (
        a.L?.length === b.L?.length &&
        (a.L ?? []).every((element, index) => {
          const other = b.L?.[index];
          return other !== undefined && valuesEqual(element, other);
        })
      );
    case 'M': {
      const names = Object.keys(a.M ?? {});
      return (
        names.length === Object.keys(b.M ?? {}).length &&
        names.every((name) => {
          const left = attributeOf(a.M, name);
          const right = attributeOf(b.M, name);
          return left !== undefined && right !== undefined && valuesEqual(left, right);
        })
      );
    }
    default:
      return a[type] === b[type];
  }
}

/** How two values of one ordered type (S, N, B) compare, by bytes or by number; undefined for anything else. */
export function order(a: AttributeValue, b: AttributeValue): number | undefined {
  if (a.N !== undefined && b.N !== undefined) return compareNumbers(a.N, b.N);
  if (a.S !== undefined && b.S !== undefined) return Buffer.compare(Buffer.from(a.S), Buffer.from(b.S));
  if (a.B !== undefined && b.B !== undefined) {
    return Buffer.compare(Buffer.from(a.B, 'base64'), Buffer.from(b.B, 'base64'));
  }
  return undefined;
}

export function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B !== undefined && prefix.B !== undefined) {
    const start = Buffer.from(prefix.B, 'base64');
    return Buffer.from(value.B, 'base64').subarray(0, start.length).equals(start);
  }
  return false;
}

/** A substring of a string or binary, a member of a set, or an element of a list. */
export function contains(value: AttributeValue, operand: AttributeValue): boolean {
  if (value.L) return value.L.some((element) => valuesEqual(element, operand));
  if (operand.S !== undefined) return value.S?.includes(operand.S) ?? value.SS?.includes(operand.S) ?? false;
  if (operand.N !== undefined) return value.NS?.includes(operand.N) ?? false;
  if (operand.B !== undefined) {
    if (value.B !== undefined) return Buffer.from(value.B, 'base64').includes(Buffer.from(operand.B, 'base64'));
    return value.BS?.includes(operand.B) ?? false;
  }
  return false;
}

/** `size(path)`: bytes, characters' bytes, or elements; undefined for types that have no size. */
export function sizeOfOperand(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.B !== undefined) return Buffer.byteLength(value.B, 'base64');
  if (value.M) return Object.keys(value.M).length;
  return (value.SS ?? value.NS ?? value.BS ?? value.L)?.length;
}

export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A missing operand makes every comparison false, but `<>`, which is true where one side alone is missing. */
export function holds(comparator: Comparator, a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (comparator === '<>') return !(a && b && valuesEqual(a, b));
  if (!a || !b) return false;
  if (comparator === '=') return valuesEqual(a, b);
  const sign = order(a, b);
  if (sign === undefined) return false;
  switch (comparator) {
    case '<':
      return sign < 0;
    case '<=':
      return sign <= 0;
    case '>':
      return sign > 0;
    case '>=':
      return sign >= 0;
  }
}

export function isType(value: AttributeValue | undefined, type: string | undefined): boolean {
  return value !== undefined && (typeOf(value) satisfies AttributeType) === type;
}
