import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainEnvironment, root } from '../processes/commands.js';
import { RunningProcess, run } from '../processes/running-process.js';

// Outside of the repository, where nothing is found but what was installed.
const folder = mkdtempSync(join(tmpdir(), 'goblet-installed-'));
const packages = join(folder, 'packages');
const project = join(folder, 'orders');

async function succeed(cwd: string, command: string, ...args: string[]): Promise<string> {
  const { exitCode, output } = await run(command, args, { cwd, env: plainEnvironment });
  expect(exitCode, output).toBe(0);
  return output;
}

/** Lets the project install the packed packages in place of published ones. */
function installPacked(): void {
  const file = join(project, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const packed = Object.fromEntries(
    readdirSync(packages).map((name) => [
      name.replace(/^goblet-(?=[a-z])/, '@goblet/').replace(/-\d.*$/, ''),
      `file:${join(packages, name)}`,
    ]),
  );
  for (const kind of ['dependencies', 'devDependencies'])
    for (const name of Object.keys(manifest[kind])) manifest[kind][name] = packed[name] ?? manifest[kind][name];
  writeFileSync(file, JSON.stringify({ ...manifest, overrides: packed }));
}

beforeAll(async () => {
  mkdirSync(packages);
  const own = readdirSync(join(root, 'packages')).flatMap((name) => ['--workspace', join('packages', name)]);
  await succeed(root, 'npm', 'pack', ...own, '--pack-destination', packages);
  await succeed(root, process.execPath, join(root, 'packages/create-goblet/bin/create-goblet.js'), project);
  installPacked();
  await succeed(project, 'npm', 'install', '--no-audit', '--no-fund');
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a project on the packed packages', { timeout: 180_000 }, () => {
  test('compiles, tests and synthesizes', async () => {
    await succeed(project, 'npx', 'tsc', '--noEmit');
    expect(await succeed(project, 'npm', 'test')).toContain('1 passed');
    await succeed(project, 'npx', 'cdk', 'synth', '--quiet');
  });

  test('is deployed into the local cloud and answers', async () => {
    await using cloud = RunningProcess.start('npx', ['goblet', 'cloud', '--ephemeral', '--port', '0'], {
      cwd: project,
      env: plainEnvironment,
    });
    await cloud.printed(/IAM is enforced/);
    const output = await succeed(project, 'npm', 'run', 'deploy:local');
    const [, url] = /EndpointURL = (\S+)/.exec(output) ?? [];
    const answer = await fetch(`${url}greetings/ann`);
    expect(await answer.json()).toEqual({ greeting: 'Hello, ann!' });
    expect(await succeed(project, 'npx', 'goblet', 'url')).toContain(`\n${url}\n`);
    expect(await succeed(project, 'npx', 'goblet', 'doctor')).toMatch(/^ok +app +orders: /m);
  });

  test('writes the next project', async () => {
    await succeed(project, 'npx', 'goblet', 'new', '../next');
    expect(readdirSync(join(folder, 'next'))).toContain('app.ts');
  });
});
