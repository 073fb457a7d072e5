import { copyFileSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientSource, openApi, takeInventory } from '@goblet/build';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compile, compilers, expectations } from '../../packages/goblet/src/fixtures/compiler.js';
import { root } from '../processes/commands.js';

const FIXTURES = join(root, 'tests', 'artifacts', 'fixtures', 'client');

let folder: string;

/** A project of whoever calls the API: the generated client, and programs that use it. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'goblet-client-'));
  const { inventory } = await takeInventory({ entry: join(FIXTURES, 'app.ts'), onOutput: () => {} });
  writeFileSync(join(folder, 'client.ts'), await clientSource(openApi(inventory), inventory.name));
  for (const file of ['right.ts', 'wrong.ts']) copyFileSync(join(FIXTURES, file), join(folder, file));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function project(name: string, compilerOptions: object): string {
  const file = join(folder, `tsconfig.${name}.json`);
  const all = { noEmit: true, strict: true, target: 'es2023', types: ['node'], ...compilerOptions };
  writeFileSync(file, JSON.stringify({ compilerOptions: all, include: ['*.ts'] }));
  return file;
}

const STRICT = {
  module: 'nodenext',
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  erasableSyntaxOnly: true,
};
const BROWSER = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2023', 'dom'], types: [] };

const options = { 'typescript-5.9': STRICT, typescript: BROWSER, 'typescript-7.0': STRICT };

test.for(compilers('typescript-5.9', 'typescript', 'typescript-7.0'))(
  'under %s a generated client narrows errors by the codes of their route, and tells wrong calls',
  { timeout: 120_000 },
  async (compiler) => {
    const found = await compile(compiler, project(compiler, options[compiler]));
    const wrong = found.get('wrong.ts') ?? [];
    found.delete('wrong.ts');
    expect([...found]).toEqual([]);
    const expected = expectations(readFileSync(join(FIXTURES, 'wrong.ts'), 'utf8'));
    expect(expected.length).toBeGreaterThan(8);
    expect(wrong).toEqual(expected.map(({ line, message }) => ({ line, message: expect.stringContaining(message) })));
  },
);
