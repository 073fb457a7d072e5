import { describe, expect, test } from 'vitest';
import { inventoryOf, route, times } from '../fixtures/inventory.js';
import type { InventoryAuthorizer, InventoryCors, InventoryRoute } from '../inventory.js';
import { apiDefinition } from './api-definition.js';

const cors: InventoryCors = { origins: ['*'], headers: ['Content-Type'], exposeHeaders: [], credentials: false };

const bindings = {
  functionUri: (name: string) => `uri:${name}`,
  streamingUri: (name: string) => `stream:${name}`,
  userPoolArns: (name: string) => [`pool:${name}`],
};

/** The object at the end of the keys. */
function field(value: object, ...keys: readonly string[]): object {
  return keys.reduce((found, key) => Reflect.get(found, key), value);
}

const define = (routes: readonly InventoryRoute[], authorizers: readonly InventoryAuthorizer[] = []) =>
  apiDefinition(inventoryOf('rest', routes, { authorizers }), bindings);

describe('the paths of a definition', () => {
  test('have the declared methods, HEAD beside GET, and the any-method for 405', () => {
    const { paths } = define([route('GET', '/users'), route('POST', '/users'), route('PUT', '/other')]);
    expect(Object.keys(paths['/users'] ?? {})).toEqual(['get', 'post', 'head', 'x-amazon-apigateway-any-method']);
    expect(Object.keys(paths['/other'] ?? {})).toEqual(['put', 'x-amazon-apigateway-any-method']);
  });

  test('keep a HEAD that the app declares', () => {
    const { paths } = define([route('GET', '/a'), route('HEAD', '/a', { function: 'heads' })]);
    expect(paths['/a']?.head?.['x-amazon-apigateway-integration'].uri).toBe('uri:heads');
  });

  test('call the function by POST, as a proxy', () => {
    const { paths } = define([route('GET', '/a')]);
    expect(paths['/a']?.get?.['x-amazon-apigateway-integration']).toMatchObject({
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: 'uri:APIHandler',
    });
  });

  test('name every variable, greedy ones without their plus', () => {
    const { paths } = define([route('GET', '/{bucket}/{key+}')]);
    expect(paths['/{bucket}/{key+}']?.get?.parameters).toEqual([
      { name: 'bucket', in: 'path', required: true, schema: { type: 'string' } },
      { name: 'key', in: 'path', required: true, schema: { type: 'string' } },
    ]);
  });

  test('stream where the route does, and answer 405 from a function that does not', () => {
    const { paths } = define([route('GET', '/a', { function: 'live', stream: true })]);
    expect(paths['/a']?.get?.['x-amazon-apigateway-integration']).toMatchObject({
      uri: 'stream:live',
      responseTransferMode: 'STREAM',
    });
  });

  test('are refused with both lines where API Gateway takes one variable', () => {
    const at = (line: number) => ({ source: { file: 'app.ts', line } });
    const routes = [route('GET', '/users/{id}', at(3)), route('GET', '/users/{name}/x', at(9))];
    expect(() => define(routes)).toThrow(
      /^GOBLET_BUILD_NOT_SUPPORTED: .*under \/users\/.*\{id\} \(app\.ts:3\) and \{name\} \(app\.ts:9\)/,
    );
  });

  test('may have the same variable twice under one parent', () => {
    expect(Object.keys(define([route('GET', '/users/{id}'), route('GET', '/users/{id}/x')]).paths)).toHaveLength(2);
  });
});

describe('CORS', () => {
  test('of one origin is answered by the gateway itself', () => {
    const { paths } = define([route('GET', '/a', { cors: { ...cors, maxAge: 60 } })]);
    expect(paths['/a']?.options?.['x-amazon-apigateway-integration']).toEqual({
      type: 'mock',
      requestTemplates: { 'application/json': '{"statusCode": 204}' },
      passthroughBehavior: 'when_no_match',
      contentHandling: 'CONVERT_TO_TEXT',
      responses: {
        default: {
          statusCode: '204',
          responseParameters: {
            'method.response.header.Access-Control-Allow-Origin': "'*'",
            'method.response.header.Access-Control-Allow-Methods': "'GET,HEAD,OPTIONS'",
            'method.response.header.Access-Control-Allow-Headers': "'Content-Type'",
            'method.response.header.Access-Control-Max-Age': "'60'",
          },
        },
      },
    });
  });

  test('declares every header that the preflight sets, which import demands', () => {
    const { paths } = define([route('GET', '/a', { cors })]);
    const declared = Object.keys(field(paths, '/a', 'options', 'responses', '204', 'headers'));
    const integration = field(paths, '/a', 'options', 'x-amazon-apigateway-integration');
    const set = Object.keys(field(integration, 'responses', 'default', 'responseParameters'));
    expect(set).toEqual(declared.map((name) => `method.response.header.${name}`));
    expect(declared).toContain('Access-Control-Allow-Origin');
  });

  test('of several origins is answered by the function, and the gateway says nothing', () => {
    const several = { ...cors, origins: ['https://a.example', 'https://b.example'] };
    const definition = define([route('GET', '/a', { cors: several })]);
    expect(definition.paths['/a']?.options?.['x-amazon-apigateway-integration'].type).toBe('aws_proxy');
    expect(definition).not.toHaveProperty('x-amazon-apigateway-gateway-responses');
  });

  test('is answered by the function where the gateway could not write it in a mapping', () => {
    const apostrophes = [
      { ...cors, origins: ["https://it's.example"] },
      { ...cors, headers: ["It's"] },
    ];
    for (const odd of apostrophes) {
      const { paths } = define([route('GET', '/a', { cors: odd })]);
      expect(paths['/a']?.options?.['x-amazon-apigateway-integration'].type).toBe('aws_proxy');
    }
  });

  test('of one origin is on the errors of the gateway', () => {
    const definition = define([route('GET', '/a', { cors })]);
    expect(definition['x-amazon-apigateway-gateway-responses']).toMatchObject({
      DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } },
      DEFAULT_5XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } },
    });
  });

  test('is nowhere without being asked for', () => {
    const definition = define([route('GET', '/a')]);
    expect(JSON.stringify(definition)).not.toContain('Access-Control');
  });
});

describe('authorizers', () => {
  const auth: readonly InventoryAuthorizer[] = [
    { name: 'pool', kind: 'cognito', options: {} },
    { name: 'signed', kind: 'iam', options: {} },
    { name: 'key', kind: 'apiKey', options: {} },
    {
      name: 'mine',
      kind: 'authorizer',
      function: 'mine',
      options: { type: 'TOKEN', header: ['X-Token'], query: [], ttl: 30 },
    },
    {
      name: 'asked',
      kind: 'authorizer',
      function: 'asked',
      options: { type: 'REQUEST', header: ['Authorization', 'X-Device'], query: ['tenant'], ttl: 0 },
    },
  ];

  test('guard the routes that name them, HEAD included, and never the any-method', () => {
    const { paths } = define([route('GET', '/a', { auth: ['pool'], scopes: ['read'] })], auth);
    expect(paths['/a']?.get?.security).toEqual([{ pool: ['read'] }]);
    expect(paths['/a']?.head?.security).toEqual([{ pool: ['read'] }]);
    expect(paths['/a']?.['x-amazon-apigateway-any-method']).not.toHaveProperty('security');
  });

  test('are declared in the words of API Gateway', () => {
    const routes = auth.map(({ name }) => route('GET', `/${name}`, { auth: [name] }));
    expect(define(routes, auth).components?.securitySchemes).toMatchObject({
      pool: {
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: ['pool:pool'] },
      },
      signed: { 'x-amazon-apigateway-authtype': 'awsSigv4' },
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      mine: {
        name: 'X-Token',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri: 'uri:mine',
          identitySource: 'method.request.header.X-Token',
          authorizerResultTtlInSeconds: 30,
        },
      },
      asked: {
        name: 'Unused',
        'x-amazon-apigateway-authorizer': {
          type: 'request',
          authorizerUri: 'uri:asked',
          identitySource:
            'method.request.header.Authorization, method.request.header.X-Device, method.request.querystring.tenant',
          authorizerResultTtlInSeconds: 0,
        },
      },
    });
  });

  test('that no route names are left out', () => {
    expect(define([route('GET', '/a')], auth)).not.toHaveProperty('components');
  });

  test('are one for each method, beside an API key', () => {
    expect(define([route('GET', '/a', { auth: ['pool', 'key'] })], auth).paths['/a']?.get?.security).toEqual([
      { pool: [], key: [] },
    ]);
    expect(() => define([route('GET', '/a', { auth: ['pool', 'signed'] })], auth)).toThrow(
      /GOBLET_BUILD_NOT_SUPPORTED: GET \/a names the authorizers pool and signed/,
    );
  });

  test('of kind jwt are refused for a REST API', () => {
    const jwt: InventoryAuthorizer = { name: 'user', kind: 'jwt', options: {} };
    expect(() => define([route('GET', '/a', { auth: ['user'] })], [jwt])).toThrow(
      /JWT authorizers on REST APIs are not supported yet, and user is one/,
    );
  });
});

describe('the limits of the import', () => {
  test.each(['my pool', 'ö', 'a/b', 'a'.repeat(129)])('refuse the authorizer name %j, with a line', (name) => {
    const source = { file: 'app.ts', line: 4 };
    const signed: InventoryAuthorizer = { name, kind: 'iam', options: {} };
    expect(() => define([route('GET', '/a', { auth: [name], source })], [signed])).toThrow(
      `GOBLET_BUILD_LIMIT: the authorizer "${name}" (app.ts:4) has a name that API Gateway does not accept`,
    );
    expect(() => define([route('GET', '/a')], [signed])).not.toThrow();
  });

  test('refuse a definition of more than 6 MiB', () => {
    const routes = (count: number) => times(count, (n) => route('GET', `/${'x'.repeat(4_000)}${n}`));
    expect(() => define(routes(1_300))).not.toThrow();
    expect(() => define(routes(1_500))).toThrow(
      /^GOBLET_BUILD_LIMIT: the API's definition has 6\d{6} bytes, but API Gateway imports at most 6291456; move routes into another app$/,
    );
  });
});
