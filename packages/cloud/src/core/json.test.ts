import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonOverBudget, parseJson } from './json.js';

const BUDGET = { depth: 5, values: 50 };

test('JSON within its budget is read as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.stringify(value);
      expect(parseJson(json)).toEqual(JSON.parse(json));
    }),
  );
});

test('structures within each other are counted', () => {
  expect(parseJson(`${'['.repeat(5)}${']'.repeat(5)}`, BUDGET)).toEqual([[[[[]]]]]);
  expect(() => parseJson(`${'['.repeat(6)}${']'.repeat(6)}`, BUDGET)).toThrow(JsonOverBudget);
  expect(() => parseJson(`${'{"a":'.repeat(6)}1${'}'.repeat(6)}`, BUDGET)).toThrow('more than 5 structures');
});

test('values are counted', () => {
  expect(() => parseJson(`[${'1,'.repeat(60)}1]`, BUDGET)).toThrow('more than 50 values');
});

test('brackets, commas and quotes within text count for nothing', () => {
  const value = { a: '[[[[[[[[{{{{', b: ',,'.repeat(60), c: '\\"[[[[[[\\', d: '"' };
  expect(parseJson(JSON.stringify(value), BUDGET)).toEqual(value);
});

test('a hundred thousand brackets are refused, not walked', () => {
  expect(() => parseJson('['.repeat(100_000))).toThrow(JsonOverBudget);
});
