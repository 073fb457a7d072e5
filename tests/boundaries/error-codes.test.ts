import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modulesOf, root } from './import-graph.js';

interface Page {
  readonly from: string;
  readonly write: (catalogues: object) => string;
}
const { PAGES }: { readonly PAGES: Readonly<Record<string, Page>> } = await import(
  join(root, 'scripts', 'error-pages.js')
);

const FIRST = { build: 'GOBLET_BUILD_', cdk: 'GOBLET_CDK_', cli: 'GOBLET_CLI_' } as const;

const catalogueOf = async (name: string): Promise<Readonly<Record<string, object>>> =>
  import(join(root, 'packages', name, 'src', 'error-codes.ts'));

describe.each(Object.entries(PAGES))('docs/reference/%s', (name, { from, write }) => {
  test('says what the catalogue says; npm run docs:errors writes it', async () => {
    expect(readFileSync(join(root, 'docs', 'reference', name), 'utf8')).toBe(write(await catalogueOf(from)));
  });
});

test.each(Object.entries(FIRST))('packages/%s uses every code of its catalogue, and no other', async (name, first) => {
  const codes = Object.values(await catalogueOf(name)).flatMap((catalogue) => Object.keys(catalogue));
  const used = modulesOf(name)
    .filter((file) => !/\/(error-codes\.ts|tests\/)/.test(`/${relative(root, file)}`))
    .flatMap((file) => readFileSync(file, 'utf8').match(new RegExp(`\\b${first}[A-Z_]*[A-Z]\\b`, 'g')) ?? []);
  expect([...new Set(used)].sort()).toEqual(codes.sort());
});
