import { describe, expect, it } from 'vitest';
import { document, lambda } from '../fixtures/served.js';
import { importOpenApi } from './import-open-api.js';

const sqsUri = 'arn:aws:apigateway:eu-west-1:sqs:action/SendMessage';
const lambdaUri =
  'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:f/invocations';

function refusal(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return 'accepted';
}

describe('importOpenApi', () => {
  it('reads routes, methods and the any-method', () => {
    const model = importOpenApi(
      document({ '/users/': { get: lambda('A'), 'x-amazon-apigateway-any-method': lambda('B'), parameters: [] } }),
    );
    expect(model.routes.map(({ method, path, integration }) => [method, path, integration?.uri])).toEqual([
      ['GET', '/users', 'A'],
      ['ANY', '/users', 'B'],
    ]);
  });

  it('reads a 2.0 document alike', () => {
    const model = importOpenApi({
      swagger: '2.0',
      info: { title: 'old', version: '1' },
      securityDefinitions: { key: { type: 'apiKey', name: 'x-api-key', in: 'header' } },
      security: [{ key: [] }],
      paths: { '/': { get: lambda() }, '/open': { get: lambda('A', { security: [] }) } },
    });
    expect(model.routes.map(({ apiKeyRequired }) => apiKeyRequired)).toEqual([true, false]);
  });

  it('takes every character that REST APIs take in a path', () => {
    const path = '/$batch/a,b/v1:c/x.y-z_0/{a-b.c:d}';
    expect(importOpenApi(document({ [path]: { get: lambda() } })).routes.map((route) => route.path)).toEqual([path]);
  });

  it('follows references to parameters', () => {
    const model = importOpenApi(
      document(
        { '/': { get: lambda('A', { parameters: [{ $ref: '#/components/parameters/Limit' }] }) } },
        { components: { parameters: { Limit: { name: 'limit', in: 'query', required: true } } } },
      ),
    );
    expect(model.routes[0]?.requestParameters).toEqual({ 'method.request.querystring.limit': true });
  });

  it('takes a version that YAML reads as a number', () => {
    expect(importOpenApi({ swagger: 2, info: { title: 'a', version: '1' } }).routes).toEqual([]);
  });

  it('gives a plain model that survives JSON', () => {
    const model = importOpenApi(document({ '/': { get: lambda() } }));
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it.each([
    ['OpenAPI 3.1', { ...Object(document({})), openapi: '3.1.0' }, 'unsupported version 3.1.0'],
    [
      'two names for one variable',
      document({ '/u/{a}': { get: lambda() }, '/u/{b}/x': { get: lambda() } }),
      "Unable to create resource at path '/u/{b}': A sibling ({a}) of this resource already has a variable path part -- only one is allowed",
    ],
    [
      'a greedy variable beside another',
      document({ '/u/{a}': { get: lambda() }, '/u/{a+}': { get: lambda() } }),
      'A sibling ({a})',
    ],
    [
      'a path below a greedy variable',
      document({ '/u/{a+}/x': { get: lambda() } }),
      'Cannot create a child of a resource with a greedy path variable',
    ],
    [
      'a variable that is not a whole path part',
      document({ '/u/a{b}': { get: lambda() } }),
      "Resource's path part only allow",
    ],
    ...["/it's", '/~x', '/@me', '/a(1)', '/a b', '/%20', '/u/{a b}'].map((path): [string, unknown, string] => [
      `the path ${path}`,
      document({ [path]: { get: lambda() } }),
      `Unable to create resource at path '${path}': Resource's path part only allow`,
    ]),
    [
      'an unknown integration type',
      document({ '/': { get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'magic' } } } }),
      'malformed integration at path /',
    ],
    [
      'a Lambda integration without a method',
      document({
        '/': { get: { responses: {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', uri: lambdaUri } } },
      }),
      'Enumeration value for HttpMethod must be non-empty',
    ],
    [
      'an undeclared response header',
      document({
        '/': {
          get: {
            responses: { 200: {} },
            'x-amazon-apigateway-integration': {
              type: 'mock',
              responses: { default: { statusCode: 200, responseParameters: { 'method.response.header.X': "'a'" } } },
            },
          },
        },
      }),
      'Invalid mapping expression parameter specified: method.response.header.X',
    ],
    [
      'a static value with an apostrophe in it',
      document({
        '/': {
          get: {
            responses: { 200: { headers: { X: {} } } },
            'x-amazon-apigateway-integration': {
              type: 'mock',
              responses: { default: { statusCode: 200, responseParameters: { 'method.response.header.X': "'it's'" } } },
            },
          },
        },
      }),
      "Invalid mapping expression specified: 'it's'",
    ],
    [
      'a scheme by a name that OpenAPI does not take',
      document({}, { components: { securitySchemes: { 'my pool': { 'x-amazon-apigateway-authtype': 'awsSigv4' } } } }),
      "SecurityScheme name my pool doesn't adhere to regular expression",
    ],
    [
      'an identity source that is no name',
      document(
        {},
        {
          components: {
            securitySchemes: {
              own: {
                type: 'apiKey',
                name: 'Unused',
                'x-amazon-apigateway-authorizer': {
                  type: 'request',
                  authorizerUri: lambdaUri,
                  identitySource: "method.request.header.It's",
                },
              },
            },
          },
        },
      ),
      "Invalid identity source specified: method.request.header.It's",
    ],
    ['a scheme that is not defined', document({ '/': { get: lambda('A', { security: [{ nobody: [] }] }) } }), 'nobody'],
    [
      'an integration that waits too long',
      document({ '/': { get: lambda('A', { 'x-amazon-apigateway-integration': { timeoutInMillis: 30_000 } }) } }),
      'Timeout should be between 50 ms and 29000 ms',
    ],
  ])('refuses %s as API Gateway does', (_name, openApi, message) => {
    const text = refusal(() => importOpenApi(openApi));
    expect(text).toMatch(/^BadRequestException: /);
    expect(text).toContain(message);
  });

  it.each([
    [
      "the caller's credentials",
      { type: 'aws', httpMethod: 'POST', uri: sqsUri, credentials: 'arn:aws:iam::*:user/*' },
      "the caller's own credentials for an integration (GET /)",
    ],
  ])('names %s, which it does not have', (_name, integration, message) => {
    const text = refusal(() =>
      importOpenApi(document({ '/': { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } })),
    );
    expect(text).toContain(message);
  });

  it.each([
    [
      'an address',
      { type: 'http', httpMethod: 'GET', uri: 'ftp://example.test' },
      'Invalid HTTP endpoint specified for URI',
    ],
    [
      'a method',
      { type: 'http_proxy', uri: 'https://example.test' },
      'Enumeration value for HttpMethod must be non-empty',
    ],
    [
      'an action',
      { type: 'aws', httpMethod: 'POST', uri: 'arn:aws:apigateway:eu-west-1:sqs' },
      'AWS ARN for integration must contain path or action',
    ],
    [
      'a parameter of the request',
      {
        type: 'http',
        httpMethod: 'GET',
        uri: 'https://example.test',
        requestParameters: { 'integration.request.header.X': 'request.header.X' },
      },
      'Invalid mapping expression specified: request.header.X',
    ],
  ])('asks integrations for %s', (_name, integration, message) => {
    const text = refusal(() =>
      importOpenApi(document({ '/': { get: { responses: {}, 'x-amazon-apigateway-integration': integration } } })),
    );
    expect(text).toContain(message);
  });

  it('keeps the models of responses by their content types', () => {
    const content = { 'application/json': { schema: { $ref: '#/components/schemas/User' } } };
    const { routes } = importOpenApi(
      document({ '/': { get: { responses: { 200: { content } } } } }, { components: { schemas: { User: {} } } }),
    );
    expect(routes[0]?.methodResponses['200']?.responseModels).toEqual({ 'application/json': 'User' });
  });

  it('asks for ARNs where told to', () => {
    expect(refusal(() => importOpenApi(document({ '/': { get: lambda('name') } }), { requireArns: true }))).toContain(
      'Invalid ARN specified in the request',
    );
    expect(refusal(() => importOpenApi(document({ '/': { get: lambda(lambdaUri) } }), { requireArns: true }))).toBe(
      'accepted',
    );
  });
});
