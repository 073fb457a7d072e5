import { describe, expect, test } from 'vitest';
import { inventoryOf, route as routeAt, times } from '../fixtures/inventory.js';
import type { Inventory, InventoryAuthorizer, InventoryRoute } from '../inventory.js';
import { httpApiDefinition } from './http-api-definition.js';

const source = { file: 'app.ts', line: 7 };
const route = (method: string, path: string, more: Partial<InventoryRoute> = {}) =>
  routeAt(method, path, { source, ...more });

const inventory = (routes: readonly InventoryRoute[], authorizers: readonly InventoryAuthorizer[] = []): Inventory =>
  inventoryOf('http', routes, { authorizers });

const signed: InventoryAuthorizer = { name: 'signed', kind: 'iam', options: {} };
const cors = { origins: ['https://a.test'], headers: ['x-a'], exposeHeaders: [], credentials: false, maxAge: 60 };

describe('the definition of an HTTP API', () => {
  test('has every route, and the any-method of each path, by which the function answers 405 and an open HEAD', () => {
    const {
      routes,
      authorizers,
      cors: none,
    } = httpApiDefinition(inventory([route('GET', '/a'), route('POST', '/a'), route('GET', '/b/{id}')], [signed]));
    expect(routes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /a',
      'POST /a',
      'ANY /a',
      'GET /b/{id}',
      'ANY /b/{id}',
    ]);
    expect(authorizers).toEqual([]);
    expect(none).toBeUndefined();
  });

  test('guards the HEAD of a guarded GET as the GET, and leaves the any-method open', () => {
    const guarded = { auth: ['signed'], scopes: ['read'] };
    expect(httpApiDefinition(inventory([route('GET', '/a', guarded)], [signed])).routes).toEqual([
      { method: 'GET', path: '/a', function: 'APIHandler', authorizer: 'signed', scopes: ['read'] },
      { method: 'HEAD', path: '/a', function: 'APIHandler', authorizer: 'signed', scopes: ['read'] },
      { method: 'ANY', path: '/a', function: 'APIHandler' },
    ]);
    const own = [route('GET', '/a', guarded), route('HEAD', '/a')];
    expect(httpApiDefinition(inventory(own, [signed])).routes.map(({ method }) => method)).toEqual([
      'GET',
      'HEAD',
      'ANY',
    ]);
  });

  test('has the one CORS configuration that its routes share, HEAD allowed where GET is', () => {
    expect(httpApiDefinition(inventory([route('GET', '/a', { cors }), route('PUT', '/a', { cors })])).cors).toEqual({
      allowOrigins: ['https://a.test'],
      allowMethods: ['GET', 'HEAD', 'PUT'],
      allowHeaders: ['x-a'],
      exposeHeaders: [],
      allowCredentials: false,
      maxAge: 60,
    });
  });

  test("has the app's own authorizers with their function, identity sources and time to live", () => {
    const own: InventoryAuthorizer = { name: 'own', kind: 'authorizer', function: 'own', options: { header: 'X-T' } };
    expect(httpApiDefinition(inventory([route('GET', '/a', { auth: ['own'] })], [own, signed])).authorizers).toEqual([
      { name: 'own', kind: 'authorizer', function: 'own', identitySources: ['$request.header.X-T'], ttl: 300 },
    ]);
  });

  const key: InventoryAuthorizer = { name: 'key', kind: 'apiKey', options: {} };
  const token: InventoryAuthorizer = { name: 'token', kind: 'authorizer', options: { type: 'TOKEN' } };
  test.each([
    ['API keys', [route('GET', '/a', { auth: ['key'] })], /no API keys, but key needs one \(app\.ts:7\)/],
    ['TOKEN authorizers', [route('GET', '/a', { auth: ['token'] })], /no TOKEN authorizers, but token needs/],
    ['two authorizers on a route', [route('GET', '/a', { auth: ['signed', 'signed'] })], /GET \/a \(app\.ts:7\) names/],
    [
      'CORS that differs',
      [route('GET', '/a', { cors }), route('GET', '/b')],
      /GET \/a \(app\.ts:7\) and GET \/b \(app\.ts:7\) differ/,
    ],
  ])('refuses %s, and names the line', (_what, routes, message) => {
    expect(() => httpApiDefinition(inventory(routes, [signed, key, token]))).toThrow(message);
  });
});

describe('what every HTTP API refuses is refused with its line', () => {
  const refusal = (app: Inventory) => () => httpApiDefinition(app);
  const guarded = (scopes: readonly string[]) =>
    inventory([route('GET', '/a', { auth: ['signed'], scopes })], [signed]);
  const scope = (n: number) => `scope:${n}`;

  test('more than ten scopes of a route', () => {
    expect(refusal(guarded(times(10, scope)))).not.toThrow();
    expect(refusal(guarded(times(11, scope)))).toThrow(
      'GOBLET_BUILD_LIMIT: GET /a (app.ts:7) has 11 scopes, but a route of an HTTP API accepts 10; use fewer',
    );
  });

  test('a scope of more than 64 characters', () => {
    expect(refusal(guarded(['s'.repeat(64)]))).not.toThrow();
    expect(refusal(guarded(['s'.repeat(65)]))).toThrow(/GET \/a \(app\.ts:7\) has a scope of 65 characters/);
  });

  test('a preflight that is kept for more than a day', () => {
    const kept = (maxAge: number) => inventory([route('GET', '/a', { cors: { ...cors, maxAge } })]);
    expect(refusal(kept(86_400))).not.toThrow();
    expect(refusal(kept(86_401))).toThrow(/GET \/a \(app\.ts:7\) has a CORS maxAge of 86401 seconds/);
  });

  test('a name of more than 128 characters', () => {
    const called = (name: string) => inventoryOf('http', [route('GET', '/a')], { name, source });
    expect(refusal(called('n'.repeat(128)))).not.toThrow();
    expect(refusal(called('n'.repeat(129)))).toThrow("the app's name (app.ts:7) has 129 characters");
  });

  test('more than 300 integrations, which are one for each function', () => {
    const calling = (count: number) => inventory(times(count, (n) => route('GET', `/${n}`, { function: `fn${n}` })));
    expect(refusal(calling(300))).not.toThrow();
    expect(refusal(calling(301))).toThrow('fn300 (app.ts:7) is the first over the limit');
  });

  test('an authorizer name that is none', () => {
    const odd: InventoryAuthorizer = { name: 'my pool', kind: 'jwt', options: {} };
    expect(refusal(inventory([route('GET', '/a', { auth: ['my pool'] })], [odd]))).toThrow('GOBLET_BUILD_LIMIT');
  });
});
