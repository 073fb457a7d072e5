import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  CODED,
  declares,
  entriesUsedIn,
  exportsOf,
  catalogueOf as modulesOfCatalogue,
  outsideOf,
  wordedIn,
} from './coded-errors.js';
import { modulesOf, root, sourcesOf } from './import-graph.js';

interface Page {
  readonly from: string;
  readonly write: (catalogues: object) => string;
}
interface Pages {
  readonly PAGES: Readonly<Record<string, Page>>;
  readonly moduleOf: (name: string) => string;
}
const { PAGES, moduleOf }: Pages = await import(join(root, 'scripts', 'error-pages.js'));

const FIRST = { build: 'GOBLET_BUILD_', cdk: 'GOBLET_CDK_', cli: 'GOBLET_CLI_' } as const;

const catalogueOf = async (name: string): Promise<Readonly<Record<string, object>>> =>
  import(join(root, 'packages', name, 'src', `${moduleOf(name)}.ts`));

describe.each(Object.entries(PAGES))('docs/reference/%s', (name, { from, write }) => {
  test('says what the catalogue says; npm run docs:errors writes it', async () => {
    expect(readFileSync(join(root, 'docs', 'reference', name), 'utf8')).toBe(write(await catalogueOf(from)));
  });
});

test.each(Object.entries(FIRST))('packages/%s uses every code of its catalogue, and no other', async (name, first) => {
  const codes = Object.values(await catalogueOf(name)).flatMap((catalogue) => Object.keys(catalogue));
  const used = modulesOf(name)
    .filter((file) => !/\/(error-codes\.ts|errors\/index\.ts|tests\/)/.test(`/${relative(root, file)}`))
    .flatMap((file) => readFileSync(file, 'utf8').match(new RegExp(`(?<=')${first}[A-Z_]*[A-Z]\\b`, 'g')) ?? []);
  expect([...new Set(used)].sort()).toEqual(codes.sort());
});

describe.each(Object.entries(CODED))('the catalogue of packages/%s', (name, coded) => {
  test('has the wording of every coded error', () => {
    const worded = outsideOf(name).flatMap((file) => (declares(file, coded) ? [] : wordedIn(name, file, coded)));
    expect(worded).toEqual([]);
  });

  test('has no message that is never given', () => {
    const used = new Set(sourcesOf(name).flatMap((file) => entriesUsedIn(name, file)));
    const messages = modulesOfCatalogue(name).flatMap(exportsOf);
    expect(messages.filter((message) => !/^[A-Z]/.test(message) && !used.has(message))).toEqual([]);
  });
});
