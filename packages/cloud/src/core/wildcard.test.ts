import fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import { compileGlob, glob, literal, matchesGlob } from './wildcard.js';

/** The obvious definition: `*` is nothing, or one character and then `*` again. */
function slowlyMatches(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const rest = pattern.slice(1);
  if (pattern[0] === '*') return slowlyMatches(rest, text) || (text !== '' && slowlyMatches(pattern, text.slice(1)));
  return text !== '' && (pattern[0] === '?' || pattern[0] === text[0]) && slowlyMatches(rest, text.slice(1));
}

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });
const texts = fc.string({ unit: fc.constantFrom('a', 'b', ':', '*', '?'), maxLength: 8 });

test('wildcards agree with the obvious recursive matcher', () => {
  fc.assert(
    fc.property(patterns, texts, (pattern, text) => {
      expect(compileGlob(glob(pattern))(text)).toBe(slowlyMatches(pattern, text));
      expect(matchesGlob(glob(pattern), text)).toBe(slowlyMatches(pattern, text));
    }),
    { numRuns: propertyRuns(3000) },
  );
});

test('every text matches itself taken literally, and no other text', () => {
  fc.assert(
    fc.property(texts, texts, (text, other) => {
      expect(compileGlob(literal(text))(other)).toBe(text === other);
    }),
  );
});

test('a pattern of many stars against a long text answers at once', () => {
  const started = performance.now();
  expect(matchesGlob(glob(`${'*a'.repeat(40)}b`), 'a'.repeat(20_000))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2_000);
});
