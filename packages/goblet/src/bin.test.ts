import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
let project: string;

/** A project that has this package and no more. */
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'goblet-bin-'));
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(packageFolder, part), join(project, 'node_modules/goblet', part), { recursive: true });
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const goblet = (...args: string[]) =>
  spawnSync(process.execPath, [join(project, 'node_modules/goblet/bin/goblet.js'), ...args], {
    cwd: project,
    encoding: 'utf8',
  });

test('without @goblet/cli the command says how to install it', () => {
  const { status, stderr } = goblet('local');
  expect(status).toBe(1);
  expect(stderr).toContain('npm install --save-dev @goblet/cli');
});

test('the command is that of the project, with its arguments and exit code', () => {
  const cli = join(project, 'node_modules/@goblet/cli');
  mkdirSync(cli, { recursive: true });
  writeFileSync(
    join(cli, 'package.json'),
    JSON.stringify({ name: '@goblet/cli', type: 'module', exports: './index.js' }),
  );
  writeFileSync(
    join(cli, 'index.js'),
    'export const main = async (argv) => { console.log(argv.join("|")); return 7; };',
  );
  const { status, stdout } = goblet('local', '--port', '1');
  expect(stdout.trim()).toBe('local|--port|1');
  expect(status).toBe(7);
});
