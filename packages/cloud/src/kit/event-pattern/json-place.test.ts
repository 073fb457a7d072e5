import { expect, test } from 'vitest';
import { placeOf } from './json-place.js';

test.each<[text: string, path: readonly (string | number)[], value: string]>([
  ['{"a": [1, 2]}', ['a', 1], '2'],
  [' {"a" : {"b":"x, \\"y\\"]"} } ', ['a', 'b'], '"x, \\"y\\"]"'],
  ['{"a": [1, {"b": []}]}', ['a', 1], '{"b": []}'],
  ['{"a\\n": null}', ['a\n'], 'null'],
  ['{"a": 1, "a": 2}', ['a'], '2'],
  ['[[], [3]]', [], '[[], [3]]'],
])('in %s the value at %j is found', (text, path, value) => {
  const { from = 0, to = 0 } = placeOf(text, path) ?? {};
  expect(text.slice(from, to)).toBe(value);
});

test('a path that leads to nothing has no place', () => {
  expect(placeOf('{"a": 1}', ['b'])).toBeUndefined();
});
