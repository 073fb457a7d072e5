import { expect, test } from 'vitest';
import { boundedSearch, boundedTest } from './regular-expression.js';

test.each([
  ['^a+$', 'aaa', true],
  ['^a+$', 'aab', false],
  ['^(?:[a-z]+\\.)+[a-z]+$', 'a.b.c', true],
  ['^[\\w.]+@[\\w.]+$', 'john@example.com', true],
])('%s finds %s: %s', (source, text, expected) => {
  expect(boundedTest(source)(text)).toBe(expected);
});

test.each([
  ['a group that repeats in itself', '^(a+)+$', `${'a'.repeat(40)}!`],
  ['alternatives that are alike', '^(?:a|a)*$', `${'a'.repeat(40)}!`],
  ['many repetitions of one character', `^${'a*'.repeat(12)}b$`, 'a'.repeat(5_000)],
  ['many options', `^${'a?'.repeat(40)}${'a'.repeat(40)}!$`, 'a'.repeat(60)],
  ['a group that repeats by a count', '^(a+){2,50}$', `${'a'.repeat(40)}!`],
])('%s neither holds anybody up nor matches', (_, source, text) => {
  expect(boundedTest(source)(text)).toBeUndefined();
});

test('an error of a search is its own, also where its time is taken', () => {
  const broken = () => {
    throw new RangeError('mine');
  };
  expect(() => boundedSearch('(a+)+')('aa', broken)).toThrow(RangeError);
  expect(() => boundedSearch('a')('a', broken)).toThrow(RangeError);
});

test('what is no regular expression is a SyntaxError', () => {
  expect(() => boundedTest('(')).toThrow(SyntaxError);
});
