import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AttributeValue } from '../items/attribute-value.js';
import type { Statement } from './statement.js';
import { parseStatement } from './statement-parser.js';

const parse = (text: string, ...parameters: AttributeValue[]): Statement => parseStatement(text, parameters);

test.each<[text: string, statement: object]>([
  ['SELECT * FROM users', { kind: 'select', table: 'users', paths: undefined, where: undefined, order: [] }],
  [
    'select name, "address".street, tags[0] from "users"."byName" order by name desc, age;',
    {
      kind: 'select',
      table: 'users',
      index: 'byName',
      paths: [['name'], ['address', 'street'], ['tags', 0]],
      order: [
        { name: 'name', descending: true },
        { name: 'age', descending: false },
      ],
    },
  ],
  [
    `INSERT INTO users VALUE {'name': 'O''Brien', 'n': -1.5, 'l': [true, null], 'm': {'a': 1}, 's': <<'x', 'y'>>}`,
    {
      kind: 'insert',
      table: 'users',
      item: {
        name: { S: "O'Brien" },
        n: { N: '-1.5' },
        l: { L: [{ BOOL: true }, { NULL: true }] },
        m: { M: { a: { N: '1' } } },
        s: { SS: ['x', 'y'] },
      },
    },
  ],
  [
    `UPDATE users SET n = n + 1 SET l = list_append(l, [2]), tags = set_add(tags, <<'z'>>) REMOVE old.x WHERE name = 'a' RETURNING MODIFIED NEW *`,
    {
      kind: 'update',
      actions: [
        { type: 'set', path: ['n'], val: { type: 'add', args: [['n'], { N: '1' }] } },
        {
          type: 'set',
          path: ['l'],
          val: { type: 'function', name: 'list_append', args: [['l'], { L: [{ N: '2' }] }] },
        },
        { type: 'add', path: ['tags'], val: { SS: ['z'] } },
        { type: 'remove', path: ['old', 'x'] },
      ],
      where: { type: '=', args: [['name'], { S: 'a' }] },
      returning: 'MODIFIED_NEW',
    },
  ],
  [`DELETE FROM users WHERE name = 'a' RETURNING ALL OLD *`, { kind: 'delete', returning: 'ALL_OLD' }],
  [`EXISTS(SELECT * FROM users WHERE name = 'a')`, { kind: 'exists', table: 'users' }],
])('%s is read', (text, statement) => {
  expect(parse(text)).toMatchObject(statement);
});

const condition = (text: string): unknown => {
  const statement = parse(`SELECT * FROM t WHERE ${text}`);
  return statement.kind === 'select' ? statement.where : undefined;
};
const a = { type: '=', args: [['a'], { N: '1' }] };
const b = { type: '=', args: [['b'], { N: '2' }] };

test.each<[text: string, condition: object]>([
  ['a = 1 OR b = 2 AND a = 1', { type: 'or', args: [a, { type: 'and', args: [b, a] }] }],
  [
    '(a = 1 OR b = 2) AND NOT a = 1',
    {
      type: 'and',
      args: [
        { type: 'or', args: [a, b] },
        { type: 'not', args: [a] },
      ],
    },
  ],
  ['a BETWEEN 1 AND 2', { type: 'between', args: [['a'], { N: '1' }, { N: '2' }] }],
  ['a IN [1, 2]', { type: 'in', args: [['a'], { N: '1' }, { N: '2' }] }],
  ['a NOT IN (1)', { type: 'not', args: [{ type: 'in', args: [['a'], { N: '1' }] }] }],
  ['a IS MISSING', { type: 'function', name: 'attribute_not_exists', args: [['a']] }],
  [
    'a IS NOT NULL',
    { type: 'not', args: [{ type: 'function', name: 'attribute_type', args: [['a'], { S: 'NULL' }] }] },
  ],
  [`begins_with("a", 'x')`, { type: 'function', name: 'begins_with', args: [['a'], { S: 'x' }] }],
  ['size(a) > 3', { type: '>', args: [{ type: 'function', name: 'size', args: [['a']] }, { N: '3' }] }],
  ['1 != a', { type: '<>', args: [{ N: '1' }, ['a']] }],
])('the condition %s is read', (text, expected) => {
  expect(condition(text)).toEqual(expected);
});

test('parameters take the places of their marks, in order, and all of them are needed', () => {
  const text = `INSERT INTO t VALUE {'a': ?, 'b': [?]}`;
  expect(parse(text, { S: 'x' }, { N: '1' })).toMatchObject({ item: { a: { S: 'x' }, b: { L: [{ N: '1' }] } } });
  const message = "Number of parameters in request and statement don't match.";
  expect(() => parse(text, { S: 'x' })).toThrow(message);
  expect(() => parse(text, { S: 'x' }, { N: '1' }, { N: '2' })).toThrow(message);
});

test.each([
  'SELECTT * FROM t',
  'SELECT * FROM',
  'SELECT * FROM t WHERE',
  'SELECT * FROM t WHERE a',
  'SELECT * FROM t WHERE a = 1 b',
  `SELECT * FROM t WHERE a = 'x`,
  'SELECT * FROM t WHERE nothing(a)',
  'INSERT INTO t VALUE {a: 1}',
  'UPDATE t WHERE a = 1',
  'UPDATE t SET a = WHERE b = 1',
  'DROP TABLE t',
  '',
])('%j is no statement', (text) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ code: 'ValidationException' }));
});

test('a deep statement is read or refused, and never hangs', () => {
  const deep = `SELECT * FROM t WHERE ${'('.repeat(500)}a = 1${')'.repeat(500)}`;
  expect(parse(deep)).toMatchObject({ where: a });
  expect(() => parse(`SELECT * FROM t WHERE ${'('.repeat(2000)}`)).toThrow('Unexpected end');
});

/** Values as JSON has them, and sets; numbers that DynamoDB spells as they are. */
const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.string().map((S): AttributeValue => ({ S })),
  fc.integer().map((n): AttributeValue => ({ N: String(n) })),
  fc.boolean().map((BOOL): AttributeValue => ({ BOOL })),
  fc.constant<AttributeValue>({ NULL: true }),
  fc.uniqueArray(fc.string(), { minLength: 1 }).map((SS): AttributeValue => ({ SS })),
);
const memberName = fc.string().filter((name) => name !== '__proto__');
const value: fc.Memo<AttributeValue> = fc.memo((depth) =>
  depth <= 1
    ? scalar
    : fc.oneof(
        fc.array(value()).map((L): AttributeValue => ({ L })),
        fc.dictionary(memberName, value(), { noNullPrototype: true }).map((M): AttributeValue => ({ M })),
      ),
);

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

function literal({ S, N, BOOL, SS, L, M }: AttributeValue): string {
  if (S !== undefined) return quoted(S);
  if (N !== undefined) return N;
  if (BOOL !== undefined) return String(BOOL);
  if (SS) return `<<${SS.map(quoted).join(', ')}>>`;
  if (L) return `[${L.map(literal).join(', ')}]`;
  if (M)
    return `{${Object.entries(M)
      .map(([name, each]) => `${quoted(name)}: ${literal(each)}`)
      .join(', ')}}`;
  return 'NULL';
}

test('whatever value is written as a literal is read as itself', () => {
  fc.assert(
    fc.property(value(3), (each) => {
      expect(parse(`INSERT INTO t VALUE {'v': ${literal(each)}}`)).toEqual({
        kind: 'insert',
        table: 't',
        item: { v: each },
      });
    }),
  );
});

test('whatever name stands in double quotes is that name', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      (name) => {
        const text = `SELECT "${name.replaceAll('"', '""')}" FROM "t" WHERE "${name.replaceAll('"', '""')}" = ?`;
        expect(parse(text, { N: '1' })).toMatchObject({
          paths: [[name]],
          where: { type: '=', args: [[name], { N: '1' }] },
        });
      },
    ),
  );
});

test('whatever text comes, it is a statement or a refusal', () => {
  const pieces = fc.constantFrom(
    'SELECT',
    '*',
    'FROM',
    't',
    'WHERE',
    'a',
    '=',
    '1',
    "'x'",
    '(',
    ')',
    'AND',
    'NOT',
    'IN',
    '[',
    ']',
    ',',
    '.',
    '?',
    '<<',
    '>>',
    '{',
    '}',
    ':',
    'SET',
    'UPDATE',
    'IS',
    'MISSING',
    '"',
    '-',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 20 }), (words) => {
      try {
        parse(words.join(' '), { N: '1' });
      } catch (error) {
        expect(error).toMatchObject({ code: 'ValidationException' });
      }
    }),
  );
});
