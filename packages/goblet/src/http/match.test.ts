import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { propertyRuns } from '../../../../tests/property-runs.js';
import { PathMatcher } from './match.js';

const matcher = (...paths: string[]) => new PathMatcher(paths.map((path) => [path, path] as const));

test('a literal beats a capture, and a capture beats a greedy one', () => {
  const paths = matcher('/a/{x}', '/a/b', '/a/{x+}');
  expect(paths.find('/a/b')?.value).toBe('/a/b');
  expect(paths.find('/a/c')?.value).toBe('/a/{x}');
  expect(paths.find('/a/c/d')?.value).toBe('/a/{x+}');
});

test('a literal that leads nowhere gives way', () => {
  const paths = matcher('/a/b/c', '/{x}/b/d', '/{rest+}');
  expect(paths.find('/a/b/d')).toEqual({ value: '/{x}/b/d', params: { x: 'a' } });
  expect(paths.find('/a/b/e')).toEqual({ value: '/{rest+}', params: { rest: 'a/b/e' } });
});

test('a slash at the end does not matter, one in between does', () => {
  const paths = matcher('/a', '/a/{x}/b');
  expect(paths.find('/a/')?.value).toBe('/a');
  expect(paths.find('/a//b')).toBeUndefined();
});

const segment = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '{x}', '{x+}');
const declared = fc.array(segment, { maxLength: 4 }).map((segments) => {
  const greedy = segments.indexOf('{x+}');
  const cut = greedy < 0 ? segments : segments.slice(0, greedy + 1);
  // Each level has a name of its own, so that a path names nothing twice.
  return `/${cut.map((one, i) => one.replace('x', `x${i}`)).join('/')}`;
});
const requested = fc
  .array(fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor', '%2F'), { maxLength: 5 })
  .map((segments) => `/${segments.join('/')}`);

/** The slow, obvious way: every path that fits, the best by comparing segment by segment. */
function reference(paths: readonly string[], path: string): string | undefined {
  const split = (text: string) => text.split('/').filter((one) => one !== '');
  const asked = split(path);
  const fits = (candidate: string) => {
    const segments = split(candidate);
    const greedy = segments.at(-1)?.endsWith('+}') ?? false;
    if (greedy ? asked.length < segments.length : asked.length !== segments.length) return false;
    return segments.every((one, i) => one.startsWith('{') || one === asked[i]);
  };
  const rank = (candidate: string) =>
    split(candidate)
      .map((one) => (one.endsWith('+}') ? 2 : one.startsWith('{') ? 1 : 0))
      .join('');
  return paths.filter(fits).sort((a, b) => rank(a).localeCompare(rank(b)))[0];
}

test('any set of paths and any request agree with the obvious matcher', () => {
  fc.assert(
    fc.property(fc.uniqueArray(declared, { minLength: 1, maxLength: 12 }), requested, (paths, path) => {
      expect(matcher(...paths).find(path)?.value).toBe(reference(paths, path));
    }),
    { numRuns: propertyRuns(2000) },
  );
});

test('captures put back into their path give the request', () => {
  fc.assert(
    fc.property(fc.uniqueArray(declared, { minLength: 1, maxLength: 12 }), requested, (paths, path) => {
      const found = matcher(...paths).find(path);
      if (!found) return;
      const rebuilt = found.value.replace(/\{(x\d)\+?\}/g, (_, name) => found.params[name] ?? '');
      expect(rebuilt).toBe(path);
    }),
    { numRuns: propertyRuns(2000) },
  );
});
