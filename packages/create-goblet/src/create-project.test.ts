import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createProject } from './create-project.js';
import { main } from './main.js';

const empty = () => mkdtempSync(join(tmpdir(), 'create-goblet-'));

function create(...argv: string[]) {
  const lines: string[] = [];
  const exitCode = main(
    argv,
    (line) => lines.push(line),
    (line) => lines.push(line),
  );
  return { exitCode, text: lines.join('\n') };
}

test('writes a project under the name of its folder', () => {
  const folder = join(empty(), 'order-service');
  const files = createProject(folder, '0.1.0');
  expect(files).toContain('app.ts');
  expect(files).toContain('.gitignore');
  expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).toMatchObject({
    name: 'order-service',
    dependencies: { goblet: '0.1.0' },
    devDependencies: { 'aws-cdk': '2.1148.1' },
  });
  expect(readFileSync(join(folder, 'infra', 'app.ts'), 'utf8')).toContain("'OrderServiceDev'");
  for (const file of files) expect(readFileSync(join(folder, file), 'utf8')).not.toContain('{{');
});

test('says as JSON what it wrote', () => {
  const folder = join(empty(), 'orders');
  const { exitCode, text } = create(folder, '--json');
  expect(exitCode).toBe(0);
  expect(JSON.parse(text)).toEqual({ folder, files: expect.arrayContaining(['app.ts', 'infra/service.ts']) });
});

test('overwrites nothing', () => {
  const folder = join(empty(), 'taken');
  mkdirSync(folder);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(create(folder)).toMatchObject({ exitCode: 1, text: expect.stringContaining('GOBLET_CREATE_FOLDER') });
  expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine');
});

test.each([['Orders'], ['1st'], ['with space']])('refuses the name %s', (name) => {
  expect(create(join(empty(), name))).toMatchObject({
    exitCode: 1,
    text: expect.stringContaining('GOBLET_CREATE_NAME'),
  });
});

test.each([[[]], [['a', 'b']], [['--force', 'a']]])('refuses %j and says how it is called', (argv) => {
  expect(create(...argv)).toMatchObject({ exitCode: 1, text: expect.stringContaining('npm create goblet orders') });
});

describe('a new project', () => {
  // Inside the repository, so that it finds the workspace's packages as if they were installed.
  const root = join(import.meta.dirname, '..', '..', '..');
  const folder = join(root, '.story', `scaffold-${process.pid}`, 'greeter');
  afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));
  const require = createRequire(import.meta.url);
  const bin = (name: string, path: string) => join(dirname(require.resolve(`${name}/package.json`)), path);
  const run = (script: string, args: readonly string[]) =>
    spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true' },
    });

  test('compiles, passes its own test, and synthesizes', () => {
    createProject(folder, '0.1.0');
    // Keeps vitest from the workspace's own configuration, which is above this folder and is not above a user's.
    writeFileSync(join(folder, 'vitest.config.js'), 'export default {};');
    const types = run(bin('typescript', 'bin/tsc'), ['--noEmit']);
    expect(types.stdout).toBe('');
    const tests = run(bin('vitest', 'vitest.mjs'), ['run', '--root', folder]);
    expect(tests.status, tests.stdout + tests.stderr).toBe(0);
    const synth = run(bin('aws-cdk', 'bin/cdk'), ['synth', '--quiet', '--no-notices', '--no-validation']);
    expect(synth.status, synth.stdout + synth.stderr).toBe(0);
    const template = JSON.parse(readFileSync(join(folder, 'cdk.out', 'GreeterDev.template.json'), 'utf8'));
    expect(Object.keys(template.Outputs)).toContain('EndpointURL');
  }, 120_000);
});
