import { expect, test } from 'vitest';
import { compileEventPattern } from './event-pattern.js';

test.each<[what: string, pattern: object, matching: unknown, other: unknown]>([
  ['a value', { kind: ['a', 'b'] }, { kind: 'b' }, { kind: 'c' }],
  ['null', { kind: [null] }, { kind: null }, {}],
  ['every field', { a: [1], b: [true] }, { a: 1, b: true }, { a: 1, b: false }],
  ['a field below', { a: { b: ['x'] } }, { a: { b: 'x' } }, { a: 'x' }],
  ['one of an array', { a: ['x'] }, { a: ['y', 'x'] }, { a: ['y'] }],
  ['one object of an array', { a: { b: ['x'] } }, { a: [{ b: 'y' }, { b: 'x' }] }, { a: [] }],
  ['a prefix', { a: [{ prefix: 'in/' }] }, { a: 'in/x' }, { a: 'out/x' }],
  ['a suffix', { a: [{ suffix: '.csv' }] }, { a: 'x.csv' }, { a: 'x.txt' }],
  ['case', { a: [{ 'equals-ignore-case': 'YES' }] }, { a: 'yes' }, { a: 'no' }],
  ['anything but', { a: [{ 'anything-but': ['x', 'y'] }] }, { a: 'z' }, { a: 'x' }],
  ['anything but a prefix', { a: [{ 'anything-but': { prefix: 'in' } }] }, { a: 'out' }, { a: 'inside' }],
  ['anything but, of what is not there', { a: [{ 'anything-but': 'x' }] }, { a: 'y' }, {}],
  ['a range', { a: [{ numeric: ['>', 0, '<=', 5] }] }, { a: 5 }, { a: 0 }],
  ['a field that is there', { a: [{ exists: true }] }, { a: null }, {}],
  ['a field that is not', { a: [{ exists: false }] }, {}, { a: 1 }],
  ['one of several fields', { $or: [{ a: [1] }, { b: [1] }] }, { b: 1 }, { a: 2, b: 2 }],
])('a pattern asks for %s', (_what, pattern, matching, other) => {
  const matches = compileEventPattern(pattern);
  expect([matches(matching), matches(other)]).toEqual([true, false]);
});

test('what is no pattern, or no operator of ours, is refused by name', () => {
  expect(() => compileEventPattern({ a: 'x' })).toThrow('a pattern must be an object');
  expect(() => compileEventPattern({ a: [{ wildcard: '*' }] })).toThrow('wildcard');
  expect(() => compileEventPattern({ a: [{ numeric: ['~', 1] }] })).toThrow('comparisons');
});
