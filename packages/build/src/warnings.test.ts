import { describe, expect, test } from 'vitest';
import { inventoryOf, route, times } from './fixtures/inventory.js';
import { httpApiDefinition } from './http-api/http-api-definition.js';
import type { Inventory, InventoryAuthorizer } from './inventory.js';
import { appWarnings } from './warnings.js';

const lines = (line: number) => ({ source: { file: 'app.ts', line } });
const codes = (inventory: Inventory) => {
  const httpApi = inventory.api === 'http' ? httpApiDefinition(inventory) : undefined;
  return appWarnings(inventory, httpApi).map(({ code, source }) => [code, source?.line]);
};

describe('the quota of resources', () => {
  const rest = (...paths: readonly string[]) =>
    inventoryOf(
      'rest',
      paths.map((path, n) => route('GET', path, lines(n))),
    );
  const flat = (count: number) => times(count, (n) => `/r${n}`);

  test('counts the root, whether it has routes or not', () => {
    expect(codes(rest(...flat(299)))).toEqual([]);
    expect(codes(rest('/', ...flat(299)))).toEqual([]);
    expect(codes(rest(...flat(300)))).toEqual([['GOBLET_BUILD_QUOTA_RESOURCES', 299]]);
  });

  test('counts every level of a path once', () => {
    const nested = times(149, (n) => `/r${n}/{id}`);
    expect(codes(rest(...nested, '/last'))).toEqual([]);
    expect(codes(rest(...nested, '/r0', '/last', '/last/{id}', '/beyond'))).toEqual([
      ['GOBLET_BUILD_QUOTA_RESOURCES', 151],
    ]);
  });

  test('says how many there are, which is too many, and what to do', () => {
    expect(appWarnings(rest(...flat(350)), undefined)[0]?.message).toMatch(
      /^the paths make 351 resources .* accepts 300 .*; raise it, or move routes into another app\. GET \/r299 is the first over the quota$/,
    );
  });
});

describe('the quota of routes', () => {
  const http = (count: number, auth: readonly string[] = []) =>
    inventoryOf(
      'http',
      times(count, (n) => route('GET', `/r${n}`, { auth, ...lines(n) })),
      { authorizers: [{ name: 'signed', kind: 'iam', options: {} }] },
    );

  test('counts the any-method of each path', () => {
    expect(codes(http(150))).toEqual([]);
    expect(codes(http(151))).toEqual([['GOBLET_BUILD_QUOTA_ROUTES', 150]]);
  });

  test('counts the HEAD of a guarded GET', () => {
    expect(codes(http(100, ['signed']))).toEqual([]);
    expect(codes(http(101, ['signed']))).toEqual([['GOBLET_BUILD_QUOTA_ROUTES', 100]]);
  });
});

describe('the quota of authorizers', () => {
  const app = (api: Inventory['api'], kinds: readonly InventoryAuthorizer['kind'][]) => {
    const authorizers = kinds.map((kind, n): InventoryAuthorizer => ({ name: `a${n}`, kind, options: {} }));
    const routes = authorizers.map(({ name }, n) => route('GET', `/${name}`, { auth: [name], ...lines(n) }));
    return inventoryOf(api, routes, { authorizers });
  };

  test.each(['rest', 'http'] as const)('of a %s API counts those that API Gateway keeps', (api) => {
    const ten = times(10, () => 'cognito' as const);
    expect(codes(app(api, [...ten, 'iam']))).toEqual([]);
    expect(codes(app(api, [...ten, 'iam', 'authorizer']))).toEqual([['GOBLET_BUILD_QUOTA_AUTHORIZERS', 11]]);
  });

  test('leaves out those that no route names', () => {
    const { routes, ...more } = app(
      'rest',
      times(11, () => 'cognito' as const),
    );
    expect(codes({ ...more, routes: routes.slice(1) })).toEqual([]);
  });
});

test('paths that a custom domain answers itself are named, for REST APIs', () => {
  const routes = [route('GET', '/ping', lines(1)), route('PUT', '/sping', lines(2)), route('GET', '/v1/ping')];
  expect(codes(inventoryOf('rest', routes))).toEqual([
    ['GOBLET_BUILD_PATH_RESERVED', 1],
    ['GOBLET_BUILD_PATH_RESERVED', 2],
  ]);
  expect(codes(inventoryOf('http', routes))).toEqual([]);
});
