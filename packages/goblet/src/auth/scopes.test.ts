import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { AnyApp } from '../declare/app-types.js';
import type { LambdaContext } from '../declare/route-types.js';
import { APP } from '../definition.js';
import { bundled } from '../fixtures/bundled.js';
import { App, allow, apiKey, authorizer, cognito, iam, jwt, Router } from '../index.js';
import { type LambdaHandler, lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';

const claims = z.object({ sub: z.string() });
const auth = {
  pool: cognito(claims),
  token: jwt(claims),
  caller: iam(),
  key: apiKey(),
  own: authorizer(() => allow('me')),
};
const context = { awsRequestId: 'r' } as LambdaContext;

afterEach(() => {
  vi.unstubAllEnvs();
});

function scopedApp() {
  const app = new App('scoped', { auth, logger: { debug() {}, info() {}, warn() {}, error() {} } });
  let runs = 0;
  const orders = { auth: 'pool', scopes: ['orders/read', 'orders/write'] } as const;
  const scope = app.with({ n: () => ++runs });
  scope.get('/orders', orders, ({ n }) => n);
  scope.get('/token', { ...orders, auth: 'token' }, ({ n }) => n);
  return { app, runs: () => runs };
}

const rest = (said: object) => ({
  resource: '/orders',
  path: '/orders',
  httpMethod: 'GET',
  headers: { scope: 'orders/read', 'x-scopes': 'orders/read' },
  queryStringParameters: { scope: 'orders/read' },
  requestContext: { authorizer: { claims: { sub: 'x', ...said } } },
});
const http = (path: string, said: object, scopes: unknown) => ({
  version: '2.0',
  routeKey: `GET ${path}`,
  rawPath: path,
  requestContext: { http: { method: 'GET', path }, authorizer: { jwt: { claims: { sub: 'x', ...said }, scopes } } },
});

describe('a token with one of the scopes of its route is let in', () => {
  test.each([
    ['a Cognito access token behind a REST API', rest({ scope: 'openid orders/write' })],
    ['behind an HTTP API, in the list of scopes', http('/token', {}, ['openid', 'orders/read'])],
    ['behind an HTTP API, in the claim scope', http('/orders', { scope: 'openid orders/read' }, null)],
    ['behind an HTTP API, in the claim scp, which was a list', http('/token', { scp: '[openid orders/read]' }, null)],
    ['behind an HTTP API, in the claim scp of one scope', http('/token', { scp: 'orders/read' }, null)],
    ['in a claim that arrives as a list', rest({ scp: ['openid', 'orders/read'] })],
  ])('%s', async (_where, event) => {
    expect(await lambdaHandler(scopedApp().app)(event, context)).toMatchObject({ statusCode: 200, body: '1' });
  });
});

describe('a token without any is 403, and no value is computed for it', () => {
  test.each([
    ['no scope at all, as an ID token', rest({})],
    ['other scopes', rest({ scope: 'openid profile' })],
    ['a scope that begins alike', rest({ scope: 'orders/readonly orders' })],
    ['scopes with commas between them', rest({ scope: 'openid,orders/read' })],
    ['scopes in other letters', rest({ scope: 'ORDERS/READ' })],
    ['an empty list', http('/token', { scope: 'orders/read' }, [])],
    ['a list of others', http('/token', {}, ['openid'])],
    ['null and no claim', http('/token', {}, null)],
    ['what is no scope', http('/token', { scope: { 'orders/read': true } }, null)],
  ])('%s', async (_what, event) => {
    const { app, runs } = scopedApp();
    const result = (await lambdaHandler(app)(event, context)) as { body: string };
    expect(JSON.parse(result.body)).toEqual({
      title: 'Insufficient scope',
      status: 403,
      code: 'INSUFFICIENT_SCOPE',
      detail: 'The token needs one of the scopes orders/read, orders/write',
    });
    expect(runs()).toBe(0);
  });

  test('for the derived HEAD as for GET', async () => {
    const { app } = scopedApp();
    expect(await lambdaHandler(app)({ ...rest({}), httpMethod: 'HEAD' }, context)).toMatchObject({ statusCode: 403 });
  });

  test('and is said in the log, with the request and the route', async () => {
    const app = new App('x', { auth });
    app.get('/', { auth: 'pool', scopes: ['read'] }, () => 1);
    await using client = testClient(app, { auth: { pool: { sub: 'ann', scope: 'write' } } });
    const { body } = await client.get('/');
    expect(body).toMatchObject({ code: 'INSUFFICIENT_SCOPE' });
    expect(client.logs).toMatchObject([
      {
        level: 'warn',
        message: 'The token has none of the scopes of the route',
        authorizer: 'pool',
        scopes: ['read'],
        route: 'GET /',
        requestId: expect.any(String),
      },
      { level: 'info', code: 'INSUFFICIENT_SCOPE' },
    ]);
  });
});

test('who is not authenticated is 401, scopes or not', async () => {
  await using client = testClient(scopedApp().app);
  expect((await client.get('/orders')).status).toBe(401);
});

test('beside a key the token is asked for its scopes, the key is not', async () => {
  const app = new App('x', { auth });
  app.get('/', { auth: ['pool', 'key'], scopes: ['read'] }, ({ auth: { pool, key } }) => pool.sub + key.apiKeyId);
  await using client = testClient(app, { auth: { key: { apiKeyId: 'k' } } });
  expect((await client.get('/', { auth: { pool: { sub: 's', scope: 'read' } } })).body).toBe('sk');
  expect((await client.get('/', { auth: { pool: { sub: 's' } } })).status).toBe(403);
});

test.each(['rest', 'http'] as const)('the test client gives a token its scopes behind %s', async (gateway) => {
  const { app } = scopedApp();
  await using client = testClient(app, { gateway, auth: { pool: { sub: 'x', scope: 'openid orders/read' } } });
  expect((await client.get('/orders')).status).toBe(200);
  expect((await client.get('/orders', { auth: { pool: { sub: 'x', scope: 'openid' } } })).status).toBe(403);
});

describe('scopes are refused at declaration', () => {
  const declare = (options: object) => {
    const app = new App('x', { auth }) as unknown as { get(...given: unknown[]): void; readonly [APP]: object };
    app.get('/a', options, () => 1);
    return () => app[APP];
  };

  test.each(['caller', 'key', 'own'])('on a route whose callers have no token: %s', (name) => {
    expect(declare({ auth: name, scopes: ['read'] })).toThrow(
      `GOBLET_SCOPES: GET /a has scopes, and the callers of ${name} have no token`,
    );
  });

  test('on an open route', () => {
    expect(declare({ auth: false, scopes: ['read'] })).toThrow('GOBLET_SCOPES: GET /a has scopes, and is open');
  });

  test.each([
    [[], 'has no scope in its scopes'],
    ['read', 'has no scope in its scopes'],
    [[''], 'has the scope ""'],
    [['read write'], 'has the scope "read write"'],
    [[7], 'has the scope 7'],
  ])('that are %j', (scopes, message) => {
    expect(declare({ auth: 'pool', scopes })).toThrow(message);
  });

  test('with the line, under tooling', () => {
    vi.stubEnv('GOBLET_INVENTORY', '1');
    expect(declare({ auth: 'key', scopes: ['read'] })).toThrow(/GOBLET_SCOPES: scopes\.test\.ts:\d+ has scopes/);
  });

  test('and not where the authorizer comes from the app that mounts the route', () => {
    const router = new Router();
    router.get('/a', { scopes: ['read'] }, () => 1);
    const app = new App('x', { auth, defaultAuth: 'pool' });
    app.mount('/r', router);
    expect(app[APP].routes[0]).toMatchObject({ auth: ['pool'], options: { scopes: ['read'] } });
  });
});

/** The handler of a route with these options, in a bundle made for another app. */
async function bundledHandler(app: AnyApp, options: string): Promise<LambdaHandler> {
  const code = await bundled(
    app,
    `import { App, cognito } from 'goblet'; import { lambdaHandler } from 'goblet/lambda';
     const claims = { '~standard': { validate: (value) => ({ value }) } };
     const app = new App('x', { auth: { pool: cognito(claims) } });
     app.get('/orders', ${options}, () => 1);
     export const APIHandler = lambdaHandler(app, 'APIHandler');`,
  );
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  return (await import(/* @vite-ignore */ url)).APIHandler;
}

test('a bundle has what checks scopes only where a route has scopes', async () => {
  const without = new App('x', { auth });
  without.get('/', { auth: 'pool' }, () => 1);
  const omits = (app: typeof without) => app[APP].bundleConditions.includes('goblet-without-scopes');
  expect([omits(without), omits(scopedApp().app)]).toEqual([true, false]);
  const APIHandler = await bundledHandler(without, "{ auth: 'pool', scopes: ['orders/read'] }");
  await expect(APIHandler(rest({ scope: 'orders/read' }), context)).rejects.toThrow('GOBLET_BUNDLE');
});

describe('a route is not opened by mistake', () => {
  const loose = (options: object) =>
    new App('x', { auth, ...options } as never) as unknown as {
      get(...given: unknown[]): void;
      readonly [APP]: object;
    };

  test('by an empty list', () => {
    expect(() => loose({}).get('/', { auth: [] }, () => 1)).toThrow(
      'GOBLET_AUTH_UNKNOWN: GET / has no name in auth: []',
    );
  });

  test.each([{ auth: '' }, { auth: true }, { auth: 0 }, { auth: ['pool', ''] }])('by %j', (options) => {
    expect(() => loose({}).get('/orders', options, () => 1)).toThrow('GOBLET_ROUTE_OPTION');
  });

  test('by a default that names nothing', () => {
    expect(() => loose({ defaultAuth: '' })).toThrow('GOBLET_APP_OPTION');
  });

  test.each(['', true, 0, ['pool', '']])('by %j in a bundle, which checks no declaration', async (wrong) => {
    vi.stubEnv('GOBLET_LOG_LEVEL', 'silent');
    const right = new App('x', { auth });
    right.get('/orders', { auth: 'pool' }, () => 1);
    const APIHandler = await bundledHandler(right, `{ auth: ${JSON.stringify(wrong)} }`);
    expect(await APIHandler(rest({}), context)).toMatchObject({ statusCode: 401 });
  });
});
