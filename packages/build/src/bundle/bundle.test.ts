import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Project, project } from '../fixtures/project.js';
import { takeInventory } from '../take-inventory.js';
import { type BundleOptions, buildBundle, bundleContext } from './bundle.js';
import { writeBundle } from './write-bundle.js';

/** Some native addon: the one of classic-level, where it is built for this machine. */
const ADDON = fileURLToPath(
  new URL('../../../../node_modules/classic-level/prebuilds/linux-x64/classic-level.node', import.meta.url),
);

const APP = `
import { App, queue } from 'goblet';
import * as z from 'zod';
import { greeting } from './greeting.js';
export const app = new App('service', { sources: { jobs: queue(z.string()) } });
app.get('/hello/{name}', ({ params }) => ({ text: greeting(params.name) }));
app.on('jobs', () => {});
`;
const FILES = { 'app.ts': APP, 'greeting.ts': 'export const greeting = (name: string) => `hello ${name}`;' };

async function bundled(service: Project, options: Partial<BundleOptions> = {}) {
  const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
  return buildBundle({ inventory, entry, ...options });
}

const text = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString();

/** The files of a zip's bundle, imported as Lambda does. */
async function load(service: Project, options: Partial<BundleOptions> = {}): Promise<Record<string, unknown>> {
  const folder = join(service.folder, '..', 'deployed');
  writeBundle(await bundled(service, options), folder);
  return import(pathToFileURL(join(folder, 'index.mjs')).href);
}

const event = (path: string, name: string) => ({
  resource: '/hello/{name}',
  path,
  httpMethod: 'GET',
  headers: {},
  multiValueHeaders: {},
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: { name },
  stageVariables: null,
  requestContext: { requestId: 'r', stage: 'v1', resourcePath: '/hello/{name}', httpMethod: 'GET', identity: {} },
  body: null,
  isBase64Encoded: false,
});

const context = { awsRequestId: 'r', functionName: 'f', getRemainingTimeInMillis: () => 1000 };

/** What the bundle answers in a process of its own, which has no `require` but the bundle's. */
async function answered(service: Project): Promise<unknown> {
  const folder = join(service.folder, '..', 'deployed');
  writeBundle(await bundled(service), folder);
  const call = `import { APIHandler } from './index.mjs';
const { body } = await APIHandler(${JSON.stringify(event('/hello/ann', 'ann'))}, { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 });
console.log(body);`;
  writeFileSync(join(folder, 'call.mjs'), call);
  const { stdout, stderr } = spawnSync(process.execPath, ['call.mjs'], { cwd: folder, encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

describe('a bundle', () => {
  test('exports one handler for each function, and they answer', async () => {
    using service = project(FILES);
    const module = await load(service);
    expect(Object.keys(module).sort()).toEqual(['APIHandler', 'jobs']);
    const handler = module.APIHandler as (event: unknown, context: unknown) => Promise<{ body: string }>;
    const result = await handler(event('/hello/ann', 'ann'), context);
    expect(JSON.parse(result.body)).toEqual({ text: 'hello ann' });
  });

  test('is the same bytes in two folders of different names', async () => {
    using one = project(FILES, 'one');
    using two = project(FILES, 'quite-another-name');
    const [first, second] = [await bundled(one), await bundled(two)];
    expect(second.hash).toBe(first.hash);
    expect(second.files).toEqual(first.files);
  });

  test('names no folder of the machine that made it', async () => {
    using service = project(FILES, 'a-telling-name');
    const { files } = await bundled(service);
    for (const bytes of Object.values(files)) expect(text(bytes)).not.toContain('a-telling-name');
    const { sources } = JSON.parse(text(files['index.mjs.map'])) as { sources: string[] };
    expect(sources).toContain('app.ts');
    expect(sources.filter((source) => source.startsWith('/'))).toEqual([]);
  });

  test('changes its hash when the source does', async () => {
    using service = project(FILES);
    const before = await bundled(service);
    writeFileSync(service.path('greeting.ts'), 'export const greeting = (name: string) => `bye ${name}`;');
    expect((await bundled(service)).hash).not.toBe(before.hash);
  });

  test('gives a CommonJS dependency its require, and no other bundle one', async () => {
    using service = project({
      ...FILES,
      'greeting.ts': "import legacy from './legacy.cjs'; export const greeting = (name: string) => legacy(name);",
      'legacy.cjs': "const { join } = require('node:path'); module.exports = (name) => join('hi', name);",
    });
    const handler = (await load(service)).APIHandler as (event: unknown, context: unknown) => Promise<{ body: string }>;
    expect(JSON.parse((await handler(event('/hello/ann', 'ann'), context)).body)).toEqual({ text: 'hi/ann' });
    using plain = project(FILES);
    expect(text((await bundled(plain)).files['index.mjs'])).not.toContain('createRequire');
  });

  test('gives a CommonJS dependency a require of names that are known only when it runs', async () => {
    using service = project({
      ...FILES,
      'greeting.ts': "import legacy from './legacy.cjs'; export const greeting = (name: string) => legacy(name);",
      'legacy.cjs': "module.exports = (name) => require(['node', 'path'].join(':')).join('hi', name);",
    });
    expect(await answered(service)).toEqual({ text: 'hi/ann' });
  });

  test('is the folder and the file that a CommonJS dependency finds itself in', async () => {
    using service = project({
      ...FILES,
      'greeting.ts': `
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import legacy from './legacy.cjs';
const __dirname = dirname(fileURLToPath(import.meta.url));
export const greeting = (name: string) => [legacy.folder === __dirname, legacy.file.slice(__dirname.length), name].join(' ');`,
      'legacy.cjs': 'exports.folder = __dirname; exports.file = __filename;',
    });
    expect(await answered(service)).toEqual({
      text: 'true /index.mjs ann',
    });
  });

  test('runs with path aliases, subpath imports, JSON, CommonJS, a workspace package and top-level await in it', async () => {
    using service = project({
      'package.json': '{ "type": "module", "imports": { "#greeting": "./lib/greeting.ts" } }',
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./lib/*"] } } }',
      'app.ts': `
import { App } from 'goblet';
import { shared } from '@acme/shared';
import { greeting } from '#greeting';
import { farewell } from '@/farewell';
import numbers from './numbers.json' with { type: 'json' };
import legacy from './legacy.cjs';
const later = await Promise.resolve('later');
export const app = new App('service');
app.get('/hello/{name}', ({ params }) => ({ text: [greeting, params.name, farewell, numbers.one, legacy.separator, shared, later].join(' ') }));`,
      'lib/greeting.ts': "export const greeting: string = 'hello';",
      'lib/farewell.ts': "export const farewell: string = 'bye';",
      'numbers.json': '{ "one": 1 }',
      'legacy.cjs': "const { sep } = require('node:path'); exports.separator = sep;",
      'packages/shared/package.json': '{ "name": "@acme/shared", "type": "module", "exports": "./index.ts" }',
      'packages/shared/index.ts': "export const shared: string = 'shared';",
    });
    mkdirSync(service.path('node_modules/@acme'), { recursive: true });
    symlinkSync('../../packages/shared', service.path('node_modules/@acme/shared'));
    const { APIHandler } = await load(service);
    const handler = APIHandler as (event: unknown, context: unknown) => Promise<{ body: string }>;
    expect(JSON.parse((await handler(event('/hello/ann', 'ann'), context)).body)).toEqual({
      text: 'hello ann bye 1 / shared later',
    });
  });

  test('maps its lines to the source also behind the require', async () => {
    using service = project({ ...FILES, 'legacy.cjs': "require('node:path');" });
    const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    writeFileSync(service.path('app.ts'), `${APP}import './legacy.cjs';\nthrow new Error('here');`);
    const folder = join(service.folder, '..', 'deployed');
    writeBundle(await buildBundle({ inventory, entry }), folder);
    const { stderr } = spawnSync(process.execPath, ['--enable-source-maps', join(folder, 'index.mjs')]);
    expect(stderr.toString()).toMatch(/app\.ts:9:/);
  });

  test('carries the SDK, and everything else that Node.js itself has not, unless it is named external', async () => {
    const client = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';\n${APP}app.get('/', () => new DynamoDBClient({}).config.apiVersion);`;
    using service = project({ ...FILES, 'app.ts': client });
    const imported = async (external: readonly string[]) => {
      const bundle = text((await bundled(service, { external })).files['index.mjs']);
      return [...bundle.matchAll(/\bfrom"([^"]+)"/g)].map(([, name = '']) => name).filter((name) => !isBuiltin(name));
    };
    expect(await imported([])).toEqual([]);
    expect(await imported(['@aws-sdk/client-dynamodb'])).toEqual(['@aws-sdk/client-dynamodb']);
  });

  test('leaves out what is named external', async () => {
    using service = project(FILES);
    expect(text((await bundled(service, { external: ['zod'] })).files['index.mjs'])).toMatch(/from"zod"/);
  });

  test('carries what is included, under its path in the project', async () => {
    using service = project({ ...FILES, 'templates/mail/hello.txt': 'hello', 'data.json': '{}' });
    const bundle = await bundled(service, { include: ['templates', 'data.json'] });
    expect(text(bundle.files['templates/mail/hello.txt'])).toBe('hello');
    expect(Object.keys(bundle.files).sort()).toEqual([
      'data.json',
      'index.mjs',
      'index.mjs.map',
      'templates/mail/hello.txt',
    ]);
    expect(bundle.inputs).toContain(service.path('data.json'));
  });

  test.each(['nothing', '../other'])('refuses to include %s', async (path) => {
    using service = project(FILES);
    await expect(bundled(service, { include: [path] })).rejects.toThrow(/^GOBLET_BUILD_INCLUDE: /);
  });

  test.skipIf(!existsSync(ADDON))('keeps a native addon as a file that the module requires', async () => {
    using service = project({
      ...FILES,
      'greeting.ts':
        "import addon from './legacy.cjs'; export const greeting = (name: string) => `${name} ${typeof addon}`;",
      'legacy.cjs': "module.exports = require('./addon.node');",
    });
    copyFileSync(ADDON, service.path('addon.node'));
    const { APIHandler } = await load(service);
    const handler = APIHandler as (event: unknown, context: unknown) => Promise<{ body: string }>;
    expect(JSON.parse((await handler(event('/hello/ann', 'ann'), context)).body)).toEqual({ text: 'ann object' });
  });

  describe.skipIf(!existsSync(ADDON))('of an app whose package has a native build', () => {
    const files = {
      ...FILES,
      'greeting.ts':
        "import { ClassicLevel } from 'classic-level'; export const greeting = (name: string) => `${name} ${typeof ClassicLevel}`;",
    };

    test('is refused with the name of the package', async () => {
      using service = project(files);
      await expect(bundled(service)).rejects.toThrow(
        /^GOBLET_BUILD_NATIVE_PACKAGE: greeting\.ts imports classic-level, whose native build cannot be bundled; leave it out with external "classic-level", and /,
      );
    });

    test('leaves the package out where it is named external', async () => {
      using service = project(files);
      const { files: made } = await bundled(service, { external: ['classic-level'] });
      expect(text(made['index.mjs'])).toContain('from"classic-level"');
    });

    test('leaves the package out where it is installed', async () => {
      using service = project(files);
      expect(await bundled(service, { installed: true })).toMatchObject({ external: ['classic-level'] });
    });
  });

  test('bundles a package that another one requires if it can', async () => {
    using service = project({
      ...FILES,
      'greeting.ts': "import { fast } from 'sockets'; export const greeting = (name: string) => `${name} ${fast}`;",
      'node_modules/sockets/package.json': '{ "name": "sockets", "main": "index.js" }',
      'node_modules/sockets/index.js':
        "let fast = true; try { require('accelerator'); } catch { fast = false; } exports.fast = fast;",
      'node_modules/accelerator/package.json': '{ "name": "accelerator", "main": "index.js" }',
      'node_modules/accelerator/index.js': "module.exports = require('bindings')('accelerator.node');",
      'node_modules/bindings/package.json': '{ "name": "bindings", "main": "index.js" }',
      'node_modules/bindings/index.js': 'module.exports = (name) => { throw new Error(name); };',
    });
    const { APIHandler } = await load(service);
    const handler = APIHandler as (event: unknown, context: unknown) => Promise<{ body: string }>;
    expect(JSON.parse((await handler(event('/hello/ann', 'ann'), context)).body)).toEqual({ text: 'ann false' });
  });

  test('says where it does not compile', async () => {
    using service = project(FILES);
    const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
    writeFileSync(service.path('greeting.ts'), 'const = 1');
    await expect(buildBundle({ inventory, entry })).rejects.toThrow(/GOBLET_BUILD_BUNDLE_FAILED: greeting\.ts:1:7/);
  });
});

test('a bundle context builds again what has changed', async () => {
  using service = project(FILES);
  const { inventory, entry } = await takeInventory({ directory: service.folder, onOutput: () => {} });
  const bundles = await bundleContext({ inventory, entry, minify: false });
  try {
    const before = await bundles.rebuild();
    expect(before.inputs).toContain(service.path('greeting.ts'));
    writeFileSync(service.path('greeting.ts'), 'export const greeting = (name: string) => `bye ${name}`;');
    const after = await bundles.rebuild();
    expect(text(before.files['index.mjs'])).toContain('hello');
    expect(text(after.files['index.mjs'])).toContain('bye');
  } finally {
    await bundles.dispose();
  }
});
