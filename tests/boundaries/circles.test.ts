import { join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circlesIn, graphOf, importsOf, packages, root, sourcesOf, unreachedIn } from './import-graph.js';

const inside = (name: string, file: string): string =>
  relative(join(root, 'packages', name, 'src'), file)
    .split(sep)
    .join('/');

describe.each(packages)('packages/%s', (name) => {
  test('has no modules that import one another in a circle, types included', () => {
    const circles = circlesIn(graphOf(name)).map((circle) => circle.map((file) => inside(name, file)));
    expect(circles).toEqual([]);
  });

  test('ships nothing that only tests use', () => {
    const unreached = unreachedIn(name).map((file) => inside(name, file));
    // Declarations of types are read by the compiler alone.
    expect(unreached.filter((file) => !file.endsWith('.d.ts'))).toEqual([]);
  });
});

test('a service of the cloud knows of another one what its index has, and nothing else', () => {
  const services = join(root, 'packages', 'cloud', 'src', 'services');
  const wrong = sourcesOf('cloud').flatMap((file) => {
    const [own = '', ...within] = relative(services, file).split(sep);
    if (own === '..' || !within.length) return [];
    return importsOf(file).flatMap(({ specifier }) => {
      const [other = '', ...module] = relative(services, join(file, '..', specifier)).split(sep);
      const target = [other, ...module].join('/').replace(/\.js$/, '');
      const internal = specifier.startsWith('.') && other !== '..' && other !== own && target !== `${other}/index`;
      return internal ? [`${inside('cloud', file)} imports ${target}`] : [];
    });
  });
  expect(wrong).toEqual([]);
});

test('circles are found, whatever leads round', () => {
  const graph = new Map([
    ['a', new Set(['b', 'x'])],
    ['b', new Set(['c'])],
    ['c', new Set(['a'])],
    ['x', new Set(['y'])],
    ['y', new Set<string>()],
  ]);
  expect(circlesIn(graph)).toEqual([['a', 'b', 'c']]);
});
