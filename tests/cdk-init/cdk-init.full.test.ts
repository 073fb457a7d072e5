import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CDK, plainEnvironment, root } from '../processes/commands.js';
import { run } from '../processes/running-process.js';

const TIMEOUT = 180_000;

/** What the template asks for in another version than the workspace has under the name. */
const INSTALLED_AS: Readonly<Record<string, string>> = { typescript: 'typescript-7.0', '@types/node': 'types-node-24' };

let folder: string;

const read = (file: string) => readFileSync(file, 'utf8');

const inProject = (command: string, ...args: readonly string[]) =>
  run(command, args, { cwd: folder, env: { ...plainEnvironment, npm_config_offline: 'true' } });

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), 'goblet-cdk-init-')), 'my-app');
  mkdirSync(folder);
  const init = await inProject(process.execPath, CDK, 'init', 'app', '--language', 'typescript', '--generate-only');
  expect(init.output).toContain('All done!');
  cpSync(join(import.meta.dirname, 'fixtures'), folder, { recursive: true });
  install({ ...dependencies(), '@goblet/cdk': '*', goblet: '*', zod: '*' });
}, TIMEOUT);

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

function dependencies(): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { ...manifest.dependencies, ...manifest.devDependencies };
}

/** Links the packages of the workspace into the project with their commands, as an installation has them. */
function install(wanted: Readonly<Record<string, string>>): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const [name, range] of Object.entries(wanted)) {
    const target = join(root, 'node_modules', INSTALLED_AS[name] ?? name);
    const { version, bin = {} } = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8'));
    const major = /\d+/.exec(range)?.[0];
    if (major !== undefined && !version.startsWith(`${major}.`)) {
      throw new Error(`the template asks for ${name} ${range}, and ${version} is installed`);
    }
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(target, join(modules, name), 'junction');
    const commands: Readonly<Record<string, string>> = typeof bin === 'string' ? { [name]: bin } : bin;
    for (const [command, file] of Object.entries(commands)) {
      symlinkSync(join(modules, name, file), join(modules, '.bin', command));
    }
  }
}

describe('a project of `cdk init` for TypeScript, which is CommonJS', () => {
  test('compiles with the construct', { timeout: TIMEOUT }, async () => {
    expect(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))).not.toHaveProperty('type', 'module');
    expect(await inProject('npx', 'tsc')).toMatchObject({ output: '', exitCode: 0 });
  });

  test('is synthesized with the functions and the API of the app', { timeout: TIMEOUT }, async () => {
    const { output, exitCode } = await inProject('npx', 'cdk', 'synth', '--quiet', '--no-notices');
    expect(exitCode, output).toBe(0);
    const template = JSON.parse(readFileSync(join(folder, 'cdk.out', 'MyAppStack.template.json'), 'utf8'));
    expect(Object.keys(template.Outputs)).toContain('EndpointURL');
    const assets = readdirSync(join(folder, 'cdk.out')).filter((name) => name.startsWith('asset.'));
    expect(assets.map((asset) => existsSync(join(folder, 'cdk.out', asset, 'index.mjs')))).toEqual([true]);
  });

  test('passes its jest tests', { timeout: TIMEOUT }, async () => {
    const { output, exitCode } = await inProject('npx', 'jest');
    expect(output).toContain('Tests:       1 passed, 1 total');
    expect(exitCode).toBe(0);
  });

  test('has the stack that the guide shows', () => {
    const [, shown = 'no snippet'] =
      /```typescript\n([\s\S]*?)```/.exec(read(join(root, 'docs', 'guide', 'construct.md'))) ?? [];
    const indented = shown.replace(/^/gm, '    ').trimEnd();
    expect(read(join(folder, 'lib', 'my-app-stack.ts'))).toContain(indented);
  });

  test('compiles with an app that is an ES module', { timeout: TIMEOUT }, async () => {
    writeFileSync(join(folder, 'web-api', 'package.json'), '{ "type": "module" }');
    expect(await inProject('npx', 'tsc')).toMatchObject({ output: '', exitCode: 0 });
  });

  test('does not compile with a missing or a misspelt binding, and says the line', { timeout: TIMEOUT }, async () => {
    const stack = read(join(folder, 'lib', 'my-app-stack.ts'));
    const binding = "      environment: { TABLE: 'messages' },\n";
    writeFileSync(join(folder, 'lib', 'missing.ts'), stack.replace(binding, ''));
    writeFileSync(join(folder, 'lib', 'misspelt.ts'), stack.replace('TABLE', 'TABEL'));
    const { output } = await inProject('npx', 'tsc');
    const line = (part: string) => stack.slice(0, stack.indexOf(part)).split('\n').length;
    expect(output.match(/^[^ ].*?(?=,)/gm)?.sort()).toEqual([
      `lib/missing.ts(${line('new Goblet')}`,
      `lib/misspelt.ts(${line('TABLE')}`,
    ]);
    expect(output).toContain("Did you mean to write 'TABLE'?");
    expect(output).toContain("Property 'environment' is missing");
  });
});
