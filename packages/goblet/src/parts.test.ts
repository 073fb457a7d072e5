import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { APP } from './definition.js';
import { bundled } from './fixtures/bundled.js';
import { App } from './index.js';
import * as absent from './parts/absent.js';

const folder = new URL('parts/', import.meta.url);
const parts = readdirSync(folder)
  .map((file) => file.replace(/\.ts$/, ''))
  .filter((part) => part !== 'absent')
  .sort();

test('package.json has a condition for each part, under which it is absent', () => {
  const { imports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const expected = parts.map((part) => [
    `#parts/${part}`,
    { [`goblet-without-${part}`]: './dist/parts/absent.js', default: `./dist/parts/${part}.js` },
  ]);
  expect(imports).toEqual(Object.fromEntries(expected));
});

test('the bundle of an app that uses nothing does without each part but its front door', () => {
  const omitted = parts.filter((part) => part !== 'rest').map((part) => `goblet-without-${part}`);
  expect([...new App('x')[APP].bundleConditions].sort()).toEqual(omitted);
});

test('what a part has, an absent part has too, and nothing else', async () => {
  const modules = await Promise.all(parts.map((part) => import(new URL(`${part}.ts`, folder).href)));
  const names = modules.flatMap((module) => Object.keys(module));
  expect(Object.keys(absent).sort()).toEqual(names.sort());
});

test('a bundler that knows no condition makes a bundle with every part', async () => {
  const code = await bundled(
    undefined,
    `import { App, apiKey } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
     const app = new App('x', { auth: { key: apiKey() } });
     app.get('/closed', { auth: 'key' }, ({ auth }) => auth.apiKeyId);
     export const APIHandler = lambdaHandler(app, 'APIHandler');`,
  );
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const { APIHandler } = await import(/* @vite-ignore */ url);
  const requestContext = { identity: { apiKeyId: 'k1' } };
  const event = { httpMethod: 'GET', resource: '/closed', path: '/closed', headers: {}, requestContext };
  expect(await APIHandler(event, {})).toMatchObject({ statusCode: 200, body: 'k1' });
});
