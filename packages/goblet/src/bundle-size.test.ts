import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { bundled } from './fixtures/bundled.js';
import { type AnyApp, App, cognito } from './index.js';

const sample = new App('x');

/** Three routes, with whatever `declare` gives them, as JavaScript and as an app. */
function threeRoutes(app: typeof sample): void {
  app.get('/users/{username}', ({ params }) => ({ username: params.username }));
  app.post('/users', ({ body }) => body);
  app.get('/health', () => ({ ok: true }));
}

/** The entry of a function whose app is declared so. */
const entry = (source: string) => `import { App } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
  const app = new App('x'); (${source})(app);
  export const APIHandler = lambdaHandler(app, 'APIHandler');`;

const app = sample;
threeRoutes(app);

test('the framework adds at most 5 kB to a function of three routes', async () => {
  const whole = gzipSync(await bundled(app, entry(threeRoutes.toString())), { level: 9 });
  const own = gzipSync(threeRoutes.toString(), { level: 9 });
  expect(whole.length - own.length).toBeLessThanOrEqual(5000);
});

test('a function has what checks authorizers, scopes, middleware and setup only where its app has them', async () => {
  const marks = {
    authorizers: 'carries no result of the authorizer',
    scopes: 'INSUFFICIENT_SCOPE',
    middleware: 'GOBLET_NEXT_TWICE',
    setup: 'new AbortController,',
  };
  const partsOf = async (given: AnyApp) => {
    const code = Buffer.from(await bundled(given, entry(threeRoutes.toString()))).toString();
    return Object.entries(marks).flatMap(([part, mark]) => (code.includes(mark) ? [part] : []));
  };
  const auth = { user: cognito(z.object({ sub: z.string() })) };
  const guarded = new App('x', { auth, defaultAuth: 'user' });
  guarded.get('/', () => 1);
  const scoped = new App('x', { auth, setup: () => ({}) });
  scoped.get('/', { auth: 'user', scopes: ['read'] }, () => 1);
  const wrapped = new App('x');
  wrapped.use((_request, next) => next());
  wrapped.get('/', () => 1);
  expect(await partsOf(app)).toEqual([]);
  expect(await partsOf(guarded)).toEqual(['authorizers']);
  expect(await partsOf(scoped)).toEqual(['authorizers', 'scopes', 'setup']);
  expect(await partsOf(wrapped)).toEqual(['middleware']);
});

test('what is left out is not missed', async () => {
  const code = Buffer.from(await bundled(app, entry(threeRoutes.toString()))).toString('base64');
  const { APIHandler } = await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
  const event = (httpMethod: string, resource: string, more: object = {}) => ({
    httpMethod,
    resource,
    path: resource,
    headers: {},
    requestContext: {},
    ...more,
  });
  const user = event('GET', '/users/{username}', { pathParameters: { username: 'a%20b' } });
  expect(await APIHandler(user, {})).toMatchObject({ statusCode: 200, body: '{"username":"a b"}' });
  expect(await APIHandler(event('POST', '/users', { body: '{"a":1}' }), {})).toMatchObject({ body: '{"a":1}' });
  expect(await APIHandler(event('POST', '/users', { body: '{' }), {})).toMatchObject({ statusCode: 400 });
  expect(await APIHandler(event('DELETE', '/health'), {})).toMatchObject({ statusCode: 405 });
  const other = { version: '2.0', requestContext: { http: { method: 'GET' } } };
  await expect(APIHandler(other, {})).rejects.toThrow('GOBLET_EVENT_UNKNOWN');
});
