import { describe, expect, test } from 'vitest';
import type { Inventory, InventoryAuthorizer, InventoryRoute } from '../inventory.js';
import { httpApiDefinition } from './http-api-definition.js';

const route = (method: string, path: string, more: Partial<InventoryRoute> = {}): InventoryRoute => ({
  method,
  path,
  function: 'APIHandler',
  auth: [],
  responses: [],
  errors: [],
  source: { file: 'app.ts', line: 7 },
  ...more,
});

const inventory = (routes: readonly InventoryRoute[], authorizers: readonly InventoryAuthorizer[] = []): Inventory => ({
  version: 1,
  name: 'web-api',
  api: 'http',
  entry: 'app.ts',
  functions: [{ name: 'APIHandler', kind: 'api' }],
  routes,
  authorizers,
  sources: [],
  environment: [],
  schemas: {},
  bundleDefine: {},
});

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
    ['API keys', [route('GET', '/a', { auth: ['key'] })], /no API keys, and key asks for one \(app\.ts:7\)/],
    ['TOKEN authorizers', [route('GET', '/a', { auth: ['token'] })], /no TOKEN authorizers, and token asks/],
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
