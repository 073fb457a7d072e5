import { execFile } from 'node:child_process';
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
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const programs = fileURLToPath(new URL('../type-tests/', import.meta.url));
const require = createRequire(import.meta.url);

interface CompileError {
  readonly line: number;
  readonly message: string;
}

/** What a compiler finds in a project, by file. */
async function compile(compiler: string, project: string): Promise<Map<string, CompileError[]>> {
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  const cwd = dirname(project);
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, [tsc, '-p', project, '--pretty', 'false'], { cwd }, (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  const errors = new Map<string, CompileError[]>();
  for (const block of output.split(/\n(?=\S)/)) {
    const [, file, line, message] = /^(\S+)\((\d+),\d+\): error ([\s\S]+)$/.exec(block) ?? [];
    if (file === undefined || message === undefined) {
      if (block.trim() !== '') throw new Error(`The compiler said: ${block}`);
      continue;
    }
    errors.set(file, [...(errors.get(file) ?? []), { line: Number(line), message }]);
  }
  return errors;
}

/** What each wrong program has to be told, and where. */
function expectations(file: string): CompileError[] {
  const lines = readFileSync(join(programs, file), 'utf8').split('\n');
  return lines.flatMap((text, i) => {
    const message = /\/\/ expect: (.+)$/.exec(text)?.[1];
    return message === undefined ? [] : [{ line: i + 2, message }];
  });
}

/** Compares what was found in one file of wrong programs with what each has to be told; nothing else may be found. */
function expectTold(found: Map<string, CompileError[]>, file: string, source = file): void {
  const expected = expectations(source);
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

test.for(['typescript-5.9', 'typescript', 'typescript-7.0'])(
  'under %s right programs compile and each wrong one is told why on its line',
  slow,
  async (compiler) => {
    expectTold(await compile(compiler, join(programs, 'tsconfig.json')), 'wrong.ts');
  },
);

test('with the module resolution of bundlers they are told the same', slow, async () => {
  expectTold(await compile('typescript-7.0', join(programs, 'tsconfig.bundler.json')), 'wrong.ts');
});

test.for(['typescript-5.9', 'typescript-7.0'])(
  'under %s a CommonJS project is told what it does not bind of an app that is an ES module',
  slow,
  async (compiler) => {
    const found = await compile(compiler, join(programs, 'commonjs/tsconfig.json'));
    expectTold(found, 'infra.ts', 'commonjs/infra.ts');
  },
);

test.for(['typescript-5.9', 'typescript-7.0'])(
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
