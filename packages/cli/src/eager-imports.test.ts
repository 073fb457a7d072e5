import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const STATEMENT = /^\s*(?:import|export)\s+(?!type\s)(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;

/** The packages that are loaded with a file, whatever command is run. */
function loadedWith(file: string, seen = new Map<string, ReadonlySet<string>>()): Set<string> {
  const packages = new Set<string>();
  if (seen.has(file)) return packages;
  seen.set(file, packages);
  for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(STATEMENT)) {
    if (!specifier.startsWith('.')) packages.add(specifier);
    else
      for (const one of loadedWith(resolve(dirname(file), specifier.replace(/\.js$/, '.ts')), seen)) packages.add(one);
  }
  return packages;
}

test('no command waits for the cloud or the bundler of another one to load', () => {
  const loaded = [...loadedWith(resolve(import.meta.dirname, 'index.ts'))].filter((name) => !name.startsWith('node:'));
  expect(loaded.sort()).toEqual(['commander', 'picocolors']);
});
