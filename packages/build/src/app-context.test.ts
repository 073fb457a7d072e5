import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { appContext } from './app-context.js';
import { buildBundle } from './bundle/bundle.js';
import { infrastructureDigest } from './digest.js';
import { type Project, project } from './fixtures/project.js';
import { takeInventory } from './take-inventory.js';

const APP = `
import { App, queue } from 'goblet';
import * as z from 'zod';
import { greeting } from './greeting.js';
export const app = new App('service');
app.get('/hello', () => ({ text: greeting, of: z.string().parse('zod') }));
`;
const FILES = { 'app.ts': APP, 'greeting.ts': `export const greeting = 'hello';\n` };

/** A context on the project that ends with the test. */
function watched(service: Project, external: readonly string[] = []) {
  const context = appContext({ directory: service.folder, external, onOutput: () => {} });
  return {
    rebuild: () => context.rebuild(),
    write: (file: string, text: string) => writeFileSync(service.path(file), text),
    [Symbol.asyncDispose]: () => context.dispose(),
  };
}

test('every rebuild gives the bytes, the digest and the files of a build from nothing', async () => {
  using service = project(FILES);
  await using app = watched(service);
  for (const greeting of ['hello', 'good day']) {
    app.write('greeting.ts', `export const greeting = '${greeting}';\n`);
    const rebuilt = await app.rebuild();
    const { inventory, entry, inputs } = await takeInventory({ directory: service.folder });
    expect(rebuilt.bundle.hash).toBe((await buildBundle({ inventory, entry })).hash);
    expect(rebuilt.digest).toBe(infrastructureDigest(inventory));
    expect(rebuilt.inputs).toEqual(expect.arrayContaining([...inputs]));
  }
});

test('a handler that changes leaves the digest, a route and a source more do not, and are in the bundle', async () => {
  using service = project(FILES);
  await using app = watched(service);
  const first = await app.rebuild();
  app.write('app.ts', APP.replace("parse('zod')", "parse('other')"));
  const edited = await app.rebuild();
  expect(edited.digest).toBe(first.digest);
  expect(edited.bundle.hash).not.toBe(first.bundle.hash);
  app.write('app.ts', `${APP}app.get('/more', () => 'more');\n`);
  expect((await app.rebuild()).digest).not.toBe(first.digest);
  app.write(
    'app.ts',
    `${APP.replace("App('service'", "App('service', { sources: { jobs: queue(z.string()) } }")}app.on('jobs', () => {});\n`,
  );
  const { bundle } = await app.rebuild();
  const { inventory, entry } = await takeInventory({ directory: service.folder });
  expect(inventory.functions).toHaveLength(2);
  expect(bundle.hash).toBe((await buildBundle({ inventory, entry })).hash);
});

test('packages that stay outside, that are CommonJS, or that only one bundle holds together are described alike', async () => {
  using service = project({
    ...FILES,
    'app.ts': `${APP.replace('import * as z', "import { named } from 'common';\nimport * as z")}app.get('/named', () => named);\n`,
    'node_modules/common/package.json': '{ "name": "common", "main": "index.js" }',
    'node_modules/common/index.js': "module.exports = Object.assign({}, { named: 'common' });",
  });
  for (const external of [[], ['zod']]) {
    await using app = watched(service, external);
    for (const greeting of ['hello', 'good day']) {
      app.write('greeting.ts', `export const greeting = '${greeting}';\n`);
      const { bundle, digest } = await app.rebuild();
      const { inventory, entry } = await takeInventory({ directory: service.folder, external });
      expect(bundle.hash).toBe((await buildBundle({ inventory, entry, external })).hash);
      expect(digest).toBe(infrastructureDigest(inventory));
    }
  }
});

test('an app without any package but the framework is built as well', async () => {
  using service = project({
    'app.ts': "import { App } from 'goblet';\nexport const app = new App('alone');\napp.get('/', () => 'hello');\n",
  });
  await using app = watched(service);
  const { bundle, inventory } = await app.rebuild();
  const { entry } = await takeInventory({ directory: service.folder });
  expect(bundle.hash).toBe((await buildBundle({ inventory, entry })).hash);
});

test('what keeps an app from being built or loaded is said with its line, and the next rebuild is as ever', async () => {
  using service = project(FILES);
  await using app = watched(service);
  const { bundle } = await app.rebuild();
  app.write('app.ts', `${APP}const = 3;\n`);
  await expect(app.rebuild()).rejects.toMatchObject({
    code: 'GOBLET_BUILD_BUNDLE_FAILED',
    message: expect.stringContaining('app.ts:7:7'),
  });
  app.write('app.ts', `${APP}throw new Error('at load');\n`);
  await expect(app.rebuild()).rejects.toMatchObject({
    code: 'GOBLET_BUILD_APP_THREW',
    detail: expect.stringContaining('app.ts:7'),
  });
  app.write('app.ts', `${APP}await new Promise(() => {});\n`);
  await expect(app.rebuild()).rejects.toMatchObject({
    code: 'GOBLET_BUILD_APP_TIMEOUT',
    detail: expect.stringContaining('app.ts:7'),
  });
  app.write('app.ts', APP);
  expect((await app.rebuild()).bundle.hash).toBe(bundle.hash);
});
