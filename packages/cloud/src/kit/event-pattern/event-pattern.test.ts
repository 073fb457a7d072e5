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
  ['a field named $or', { $or: [1] }, { $or: 1 }, { $or: 2 }],
  ['a prefix in any case', { a: [{ prefix: { 'equals-ignore-case': 'IN' } }] }, { a: 'inside' }, { a: 'out' }],
  ['a suffix in any case', { a: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }, { a: 'x.png' }, { a: 'x.jpg' }],
  ['anything but case', { a: [{ 'anything-but': { 'equals-ignore-case': ['x', 'y'] } }] }, { a: 'z' }, { a: 'X' }],
  ['anything but prefixes', { a: [{ 'anything-but': { prefix: ['x', 'y'] } }] }, { a: 'z' }, { a: 'yes' }],
  ['anything but numbers', { a: [{ 'anything-but': [1, 2] }] }, { a: null }, { a: 2 }],
  ['what holds something', { a: [{ exists: true }] }, { a: [1] }, { a: [] }],
])('a pattern asks for %s', (_what, pattern, matching, other) => {
  for (const dialect of ['lambda', 'eventbridge'] as const) {
    const matches = compileEventPattern(pattern, dialect);
    expect([matches(matching), matches(other)]).toEqual([true, false]);
  }
});

test.each<[what: string, pattern: object, matching: unknown, other: unknown]>([
  ['a wildcard', { a: [{ wildcard: 'dir/*.png' }] }, { a: 'dir/x/y.png' }, { a: 'dir/x.jpg' }],
  ['an asterisk', { a: [{ wildcard: 'a\\**' }] }, { a: 'a*b' }, { a: 'ab' }],
  ['anything but a wildcard', { a: [{ 'anything-but': { wildcard: '*/lib/*' } }] }, { a: '/src/x' }, { a: '/lib/x' }],
  ['addresses', { a: [{ cidr: '10.0.0.0/24' }] }, { a: '10.0.0.255' }, { a: '10.0.1.0' }],
  ['addresses of IPv6', { a: [{ cidr: '2001:db8::/32' }] }, { a: '2001:db8::1' }, { a: '10.0.0.1' }],
])('EventBridge’s patterns ask for %s besides, and Lambda’s cannot', (_what, pattern, matching, other) => {
  const matches = compileEventPattern(pattern, 'eventbridge');
  expect([matches(matching), matches(other)]).toEqual([true, false]);
  expect(() => compileEventPattern(pattern, 'lambda')).toThrow('Unrecognized match type');
});

test.each<[reason: string, pattern: unknown]>([
  ['"a" must be an object or an array', { a: 'x' }],
  ['Empty arrays are not allowed', { a: [] }],
  ['Empty objects are not allowed', { a: {} }],
  ['Filter is not an object', [1]],
  ['Unrecognized match type NUMERIC', { a: [{ NUMERIC: ['=', 5] }] }],
  ['Bad numeric range operator: >', { a: [{ numeric: ['>', 0, '>', 0] }] }],
  ['Unrecognized numeric range operator: ~', { a: [{ numeric: ['~', 1] }] }],
  ['Only one key allowed', { a: [{ prefix: 'x', suffix: 'y' }] }],
  ['Consecutive wildcard characters at pos 2', { a: [{ wildcard: 'a**' }] }],
  ['IPv4 mask bits must be < 32', { a: [{ cidr: '10.0.0.0/33' }] }],
])('a pattern is refused: %s', (reason, pattern) => {
  expect(() => compileEventPattern(pattern, 'eventbridge')).toThrow(reason);
});
