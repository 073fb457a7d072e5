import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type CompileError, compile, compilers, expectations } from './fixtures/compiler.js';

const programs = fileURLToPath(new URL('../type-tests/', import.meta.url));

/** Compares what was found in one file of wrong programs with what each has to be told; nothing else may be found. */
function expectTold(found: Map<string, CompileError[]>, file: string, source = file): void {
  const expected = expectations(readFileSync(join(programs, source), 'utf8'));
  expect(expected).not.toEqual([]);
  const others = [...found].filter(([name]) => name !== file);
  expect(others).toEqual([]);
  const errors = found.get(file) ?? [];
  expect(errors.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
  errors.forEach(({ message }, i) => {
    expect(message).toContain(expected[i]?.message);
  });
}

const slow = { timeout: 120_000 };

test.for(compilers('typescript-5.9', 'typescript', 'typescript-7.0'))(
  'under %s right programs compile and each wrong one is told why on its line',
  slow,
  async (compiler) => {
    expectTold(await compile(compiler, join(programs, 'tsconfig.json')), 'wrong.ts');
  },
);

test('with the module resolution of bundlers they are told the same', slow, async () => {
  expectTold(await compile('typescript-7.0', join(programs, 'tsconfig.bundler.json')), 'wrong.ts');
});

test.for(compilers('typescript-5.9', 'typescript-7.0'))(
  'under %s a CommonJS project is told what it does not bind of an app that is an ES module',
  slow,
  async (compiler) => {
    const found = await compile(compiler, join(programs, 'commonjs/tsconfig.json'));
    expectTold(found, 'infra.ts', 'commonjs/infra.ts');
  },
);

test.for(compilers('typescript-5.9', 'typescript-7.0'))(
  'under %s apps, routers and handles keep their types in declaration files',
  slow,
  async (compiler) => {
    const folder = mkdtempSync(join(tmpdir(), 'goblet-declarations-'));
    try {
      symlinkSync(join(programs, '../../../node_modules'), join(folder, 'node_modules'));
      writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
      const all = readdirSync(programs).filter((file) => file.endsWith('.ts'));
      const source = join(folder, 'source');
      const emitted = join(folder, 'emitted');
      const project = (extra: object) =>
        JSON.stringify({ extends: join(programs, 'tsconfig.json'), include: ['*.ts'], ...extra });
      for (const [into, files] of [
        [source, all.filter((file) => file !== 'wrong.ts')],
        [emitted, ['wrong.ts']],
      ] as const) {
        mkdirSync(into);
        for (const file of files) copyFileSync(join(programs, file), join(into, file));
      }
      const compilerOptions = { noEmit: false, declaration: true, emitDeclarationOnly: true, outDir: emitted };
      writeFileSync(join(source, 'tsconfig.json'), project({ compilerOptions: { ...compilerOptions, rootDir: '.' } }));
      writeFileSync(join(emitted, 'tsconfig.json'), project({}));
      expect([...(await compile(compiler, join(source, 'tsconfig.json')))]).toEqual([]);
      expectTold(await compile(compiler, join(emitted, 'tsconfig.json')), 'wrong.ts');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
