import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from './commands/index.js';
import { goblet as runGoblet } from './fixtures/goblet.js';

/** Runs `goblet <args>` in an empty folder. */
const goblet = (...args: string[]) => runGoblet(mkdtempSync(join(tmpdir(), 'goblet-cli-')), args);

/** Runs it as a process of its own. */
function gobletProcess(...args: string[]) {
  const bin = join(import.meta.dirname, '..', '..', 'goblet', 'bin', 'goblet.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const names = commands.map(({ name }) => name);

describe('goblet', () => {
  test('lists its commands', async () => {
    const { status, stdout } = await goblet('--help');
    expect(status).toBe(0);
    for (const command of names) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  test.each(names)('helps with %s by example', async (command) => {
    const { status, stdout } = await goblet(command, '--help');
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\\n.*goblet ${command}`, 's'));
  });

  test('has an example of each of its commands, and --json of each but exec, whose output is another program’s', () => {
    expect(commands.filter(({ examples }) => examples.length === 0)).toEqual([]);
    const silent = commands.filter(({ options }) => !options.some(({ flags }) => flags === '--json'));
    expect(silent.map(({ name }) => name)).toEqual(['exec']);
  });

  test('refuses a mistyped command with the one that was meant, in one line', () => {
    expect(gobletProcess('clod')).toEqual({
      status: 1,
      stdout: '',
      stderr: "GOBLET_CLI_COMMAND: unknown command 'clod' (Did you mean cloud?); see goblet --help\n",
    });
  });

  test('refuses a mistyped option with the one that was meant', async () => {
    const { status, stderr } = await goblet('cloud', '--prot', '1');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^GOBLET_CLI_OPTION: .*--port/);
  });

  test.each([
    [['client'], "missing required argument 'file'; see goblet client --help"],
    [
      ['inventory', 'x'],
      "too many arguments for 'inventory'. Expected 0 arguments but got 1; see goblet inventory --help",
    ],
    [['openapi', '--format', 'toml'], 'is invalid. Allowed choices are json, yaml; see goblet openapi --help'],
    [['--jsn'], "unknown option '--jsn'; see goblet --help"],
  ])('refuses %j, and sends to the help that has it', async (args, reason) => {
    const { status, stdout, stderr } = await goblet(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^GOBLET_CLI_OPTION: .*\n$/);
    expect(stderr).toContain(reason);
  });

  test.each([
    [['cloud', '--port', '70000'], '--port 70000 is not a port'],
    [['cloud', '--quota', 'routes=600'], '--quota routes=600 is not a quota; give one of resources-per-rest-api, '],
    [['cloud', '--quota', 'routes-per-http-api=many'], 'as in resources-per-rest-api=600'],
    [['cloud', '--iam', 'maybe'], 'Allowed choices are enforce, warn, off'],
    [['env', '--account', '12'], 'no local cloud'],
  ])('refuses %j', async (args, reason) => {
    const { status, stderr } = await goblet(...args);
    expect(status).toBe(1);
    expect(stderr).toContain(reason);
  });

  test('says how to start a cloud where none runs', async () => {
    expect(await goblet('exec', '--', 'true')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^GOBLET_CLI_NO_CLOUD: .*npx goblet cloud\n$/),
    });
  });

  test('writes a new project, which is what create-goblet writes', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'goblet-cli-')), 'orders');
    const { status, stdout, stderr } = gobletProcess('new', folder, '--json');
    expect([status, stderr]).toEqual([0, '']);
    const { files }: { files: string[] } = JSON.parse(stdout);
    expect(files).toContain('app.ts');
    for (const file of files) expect(existsSync(join(folder, file))).toBe(true);
    expect(gobletProcess('new', folder)).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/^GOBLET_CREATE_FOLDER: .*orders is not empty .*\n$/),
    });
  });

  test.each([[['new']], [['new', 'Orders']], [['new', '--', '--json']]])('refuses %j in one coded line', (args) => {
    const { status, stdout, stderr } = gobletProcess(...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^GOBLET_(CLI_OPTION|CREATE_NAME): .*\n$/);
  });

  test('colours nothing off a terminal', () => {
    expect(JSON.stringify(gobletProcess('clod').stderr)).not.toContain('\\u001b');
  });
});
