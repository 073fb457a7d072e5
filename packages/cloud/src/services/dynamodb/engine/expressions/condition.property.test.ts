import fc from 'fast-check';
import { expect, it } from 'vitest';
import { propertyRuns } from '../../../../../../../tests/property-runs.js';
import { putItemRules as rules } from '../../input/dynalite.js';
import { parseInput } from '../../input/validation.js';
import type { AttributeValue, Item } from '../items/attribute-value.js';
import type { PutInput } from '../items/item-write.js';
import { meets } from './condition.js';

/**
 * Conditions as text with what they mean, said a second time over JavaScript values. A value is undefined, a number, a
 * string, a boolean, a set of strings or a list of such.
 */
type Plain = number | string | boolean | ReadonlySet<string> | readonly Plain[];

interface Meaning {
  readonly text: string;
  readonly holds: (item: Readonly<Record<string, Plain>>) => boolean;
}

const plain: fc.Arbitrary<Plain> = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.constantFrom('', 'a', 'ab', 'b', 'é', '10'),
  fc.boolean(),
  fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }).map((members) => new Set(members)),
  fc.array(fc.oneof(fc.integer({ min: 0, max: 2 }), fc.constantFrom('a', 'b')), { maxLength: 3 }),
);

function wire(value: Plain): AttributeValue {
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  return value instanceof Set ? { SS: [...value] } : { L: [...(value as readonly Plain[])].map(wire) };
}

const kind = (value: Plain): string => Object.keys(wire(value))[0] ?? '';

function equal(a: Plain, b: Plain): boolean {
  if (kind(a) !== kind(b)) return false;
  if (a instanceof Set && b instanceof Set) return a.size === b.size && [...a].every((member) => b.has(member));
  return JSON.stringify(a) === JSON.stringify(b);
}

function less(a: Plain | undefined, b: Plain | undefined): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  return typeof a === 'string' && typeof b === 'string' && Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}

const same = (a: Plain | undefined, b: Plain | undefined) => a !== undefined && b !== undefined && equal(a, b);

const COMPARE: Readonly<Record<string, (a: Plain | undefined, b: Plain) => boolean>> = {
  '=': same,
  '<>': (a, b) => !same(a, b),
  '<': less,
  '<=': (a, b) => less(a, b) || ((typeof a === 'number' || typeof a === 'string') && same(a, b)),
  '>': (a, b) => less(b, a),
  '>=': (a, b) => less(b, a) || ((typeof a === 'number' || typeof a === 'string') && same(a, b)),
};

function contains(a: Plain | undefined, b: Plain): boolean {
  if (typeof a === 'string') return typeof b === 'string' && a.includes(b);
  if (a instanceof Set) return typeof b === 'string' && a.has(b);
  return Array.isArray(a) && a.some((element) => equal(element, b));
}

function sizeOf(a: Plain | undefined): number | undefined {
  if (typeof a === 'string') return Buffer.byteLength(a);
  if (a instanceof Set) return a.size;
  return Array.isArray(a) ? a.length : undefined;
}

/** Literals by the name that the expression gives them. */
type Literals = Record<string, Plain>;

function condition(literals: Literals): fc.Arbitrary<Meaning> {
  const attribute = fc.constantFrom('a1', 'a2', 'a3');
  const literal = fc.constantFrom(...Object.keys(literals));
  const value = (name: string): Plain => literals[name] ?? 0;
  const leaf: fc.Arbitrary<Meaning> = fc.oneof(
    fc.tuple(attribute, fc.constantFrom(...Object.keys(COMPARE)), literal).map(
      ([a, operator, l]): Meaning => ({
        text: `${a} ${operator} ${l}`,
        holds: (item: Readonly<Record<string, Plain>>) => COMPARE[operator]?.(item[a], value(l)) ?? false,
      }),
    ),
    attribute.map((a): Meaning => ({ text: `attribute_exists(${a})`, holds: (item) => item[a] !== undefined })),
    attribute.map((a): Meaning => ({ text: `attribute_not_exists(${a})`, holds: (item) => item[a] === undefined })),
    fc.tuple(attribute, literal).map(
      ([a, l]): Meaning => ({
        text: `contains(${a}, ${l})`,
        holds: (item) => contains(item[a], value(l)),
      }),
    ),
    fc.tuple(attribute, fc.integer({ min: 0, max: 3 })).map(
      ([a, n]): Meaning => ({
        text: `size(${a}) >= :n${n}`,
        holds: (item) => (sizeOf(item[a]) ?? -1) >= n,
      }),
    ),
    fc.tuple(attribute, literal, literal).map(
      ([a, l, m]): Meaning => ({
        text: `${a} IN (${l}, ${m})`,
        holds: (item) => same(item[a], value(l)) || same(item[a], value(m)),
      }),
    ),
  );
  return fc.letrec<{ node: Meaning }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.tuple(tie('node'), tie('node')).map(
        ([x, y]): Meaning => ({
          text: `(${x.text}) AND (${y.text})`,
          holds: (item) => x.holds(item) && y.holds(item),
        }),
      ),
      fc.tuple(tie('node'), tie('node')).map(
        ([x, y]): Meaning => ({
          text: `(${x.text}) OR (${y.text})`,
          holds: (item) => x.holds(item) || y.holds(item),
        }),
      ),
      tie('node').map((x): Meaning => ({ text: `NOT (${x.text})`, holds: (item) => !x.holds(item) })),
    ),
  })).node;
}

const experiment = fc
  .record({ a1: plain, a2: plain, l1: plain, l2: plain, l3: plain })
  .chain(({ a1, a2, l1, l2, l3 }) => {
    const literals = { ':l1': l1, ':l2': l2, ':l3': l3 };
    return fc.record({
      item: fc.constant({ a1, a2 }),
      literals: fc.constant(literals),
      condition: condition(literals),
    });
  });

it('finds a condition true exactly where its parts say so', () => {
  fc.assert(
    fc.property(experiment, ({ item, literals, condition: { text, holds } }) => {
      const named = { ...literals, ':n0': 0, ':n1': 1, ':n2': 2, ':n3': 3 };
      const used = Object.entries(named).filter(([name]) => text.includes(name));
      const ExpressionAttributeValues = Object.fromEntries(used.map(([name, value]) => [name, wire(value)]));
      const stored: Item = Object.fromEntries(Object.entries(item).map(([name, value]) => [name, wire(value)]));
      const input = parseInput<PutInput>(
        {
          TableName: 'table',
          Item: stored,
          ConditionExpression: text,
          ...(used.length > 0 && { ExpressionAttributeValues }),
        },
        rules,
      );
      if (!input._condition) throw new Error('the condition was not parsed');
      expect(meets(stored, input._condition.expression)).toBe(holds(item));
    }),
    { numRuns: propertyRuns(500) },
  );
});
