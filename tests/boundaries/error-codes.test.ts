import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CODED,
  catalogueModules,
  codesGivenIn,
  entriesUsedIn,
  exportsOf,
  otherModules,
  wordedIn,
} from './coded-errors.js';
import { root, sourcesOf } from './import-graph.js';

type Catalogue = Readonly<Record<string, object>>;

interface Page {
  /** Packages. */
  readonly from: readonly string[];
  readonly write: (...catalogues: readonly Catalogue[]) => string;
}
const { PAGES }: { readonly PAGES: Readonly<Record<string, Page>> } = await import(
  join(root, 'scripts', 'error-pages.js')
);

const catalogueOf = async (name: string): Promise<Catalogue> =>
  import(join(root, 'packages', name, 'src', 'errors', 'index.ts'));

describe.each(Object.entries(PAGES))('docs/reference/%s', (name, { from, write }) => {
  test('says what the catalogue says; npm run docs:errors writes it', async () => {
    const catalogues = await Promise.all(from.map(catalogueOf));
    expect(readFileSync(join(root, 'docs', 'reference', name), 'utf8')).toBe(write(...catalogues));
  });
});

describe.each(Object.entries(CODED))('the catalogue of packages/%s', (name, classes) => {
  test('has a message for every code, and a text for every message', async () => {
    const codes = Object.values(await catalogueOf(name)).flatMap((texts) => Object.keys(texts));
    const given = new Set(catalogueModules(name).flatMap(codesGivenIn));
    // A package may report an error of another one.
    const own = [...given].filter((code) => name !== 'cdk' || !code.startsWith('GOBLET_BUILD_'));
    expect(own.sort()).toEqual(codes.sort());
  });

  test('has the wording of every coded error', () => {
    expect(otherModules(name).flatMap((file) => wordedIn(name, file, classes))).toEqual([]);
  });

  test('has no message that is never given', () => {
    const used = new Set(sourcesOf(name).flatMap((file) => entriesUsedIn(name, file)));
    const messages = catalogueModules(name).flatMap(exportsOf);
    expect(messages.filter((message) => !/^[A-Z]/.test(message) && !used.has(message))).toEqual([]);
  });
});
