import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { GOBLET, plainEnvironment, root } from '../processes/commands.js';
import { otherNode } from './other-node.js';

/** The majors that Lambda runs and this project supports, each in an exact version. */
const VERSIONS = ['20.20.2', '22.23.3', '24.21.0'] as const;
const BUILD = join(root, 'packages', 'build', 'bin', 'goblet-build.js');
const APPS = [
  'examples/users-service/web-api/app.ts',
  'tests/conformance/service/app.ts',
  'tests/artifacts/fixtures/everything.ts',
];

function contents(folder: string): Readonly<Record<string, Buffer>> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  return Object.fromEntries(
    files
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [file, readFileSync(join(folder, file))]),
  );
}

function run(node: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr } = spawnSync(node, args, { cwd, env: plainEnvironment, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  return stdout;
}

const folder = () => mkdtempSync(join(tmpdir(), 'goblet-majors-'));

/** The inventory with all that belongs to it, and the bundle's files. */
function built(node: string, entry: string) {
  const target = folder();
  const reply = run(node, [BUILD, 'app', join(root, entry), '--bundle', target]);
  return { reply: reply.replaceAll(target, '<folder>'), files: contents(target) };
}

function packaged(node: string) {
  const target = folder();
  const config = join(root, 'tests', 'artifacts', 'fixtures', 'users.config.ts');
  run(node, [GOBLET, 'package', target, '--config', config], join(root, 'examples', 'users-service', 'web-api'));
  return contents(target);
}

describe.each(VERSIONS)('on Node %s', (version) => {
  const node = () => otherNode(version);

  test('runs what it says', () => {
    expect(execFileSync(node(), ['--version'], { encoding: 'utf8' }).trim()).toBe(`v${version}`);
  });

  test.each(APPS)('inventory, definition and bundle of %s are the same bytes as on this Node', (entry) => {
    const here = built(process.execPath, entry);
    const there = built(node(), entry);
    expect(there.reply).toBe(here.reply);
    expect(Object.keys(there.files)).toEqual(Object.keys(here.files));
    for (const [file, bytes] of Object.entries(here.files)) expect(there.files[file]?.equals(bytes), file).toBe(true);
  });

  test('goblet package writes the same template and zip as on this Node', () => {
    const [here, there] = [packaged(process.execPath), packaged(node())];
    expect(Object.keys(there)).toEqual(['deployment.zip', 'sam.json']);
    for (const [file, bytes] of Object.entries(here)) expect(there[file]?.equals(bytes), file).toBe(true);
  });
});
