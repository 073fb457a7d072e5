import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const programs = fileURLToPath(new URL('../type-tests/', import.meta.url));
const require = createRequire(import.meta.url);

interface CompileError {
  readonly line: number;
  readonly message: string;
}

/** What a compiler finds in the programs, by file. */
async function compile(compiler: string): Promise<Map<string, CompileError[]>> {
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), 'bin/tsc');
  const output = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [tsc, '-p', programs, '--pretty', 'false'],
      { cwd: programs },
      (_error, stdout, stderr) => resolve(stdout + stderr),
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

test.for(['typescript-5.9', 'typescript', 'typescript-7.0'])(
  'under %s right programs compile and each wrong one is told why on its line',
  { timeout: 120_000 },
  async (compiler) => {
    const found = await compile(compiler);
    const expected = expectations('wrong.ts');
    expect([...found.keys()]).toEqual(['wrong.ts']);
    expect(expected.length).toBeGreaterThanOrEqual(14);
    const errors = found.get('wrong.ts') ?? [];
    expect(errors.map(({ line }) => line)).toEqual(expected.map(({ line }) => line));
    errors.forEach(({ message }, i) => {
      expect(message).toContain(expected[i]?.message);
    });
  },
);
