import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { propertyRuns } from '../../../../../tests/property-runs.js';
import { executeApi } from './execute-api.js';
import { document, functions, lambda, request, served } from './fixtures/served.js';
import { httpApiModel } from './http-api/http-api-model.js';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '%',
    '%zz',
    '%2F',
    '%C3',
    '..',
    '',
    '&',
    '=',
    '+',
    'a=__proto__',
    '{name}',
    '\u0000',
  ),
);
const sent = fc.record({
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', 'BREW', '__proto__'),
  path: fc.array(text, { maxLength: 4 }).map((parts) => `/${parts.join('/').replaceAll('?', '')}`),
  query: fc.array(text, { maxLength: 4 }).map((parts) => parts.join('&')),
  headers: fc.dictionary(
    fc.constantFrom('accept', 'content-type', 'x-a', '__proto__', 'cookie', 'x-api-key', 'host', 'x-forwarded-for'),
    text,
  ),
  body: fc.uint8Array({ maxLength: 30 }),
});
const result = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      statusCode: fc.oneof(fc.integer({ min: -1, max: 700 }), fc.jsonValue()),
      headers: fc.oneof(fc.dictionary(text, fc.oneof(text, fc.jsonValue())), fc.jsonValue()),
      multiValueHeaders: fc.oneof(fc.dictionary(text, fc.array(text)), fc.jsonValue()),
      body: fc.oneof(text, fc.jsonValue()),
      isBase64Encoded: fc.oneof(fc.boolean(), fc.jsonValue()),
      cookies: fc.oneof(fc.array(text), fc.jsonValue()),
    },
    { requiredKeys: [] },
  ),
);

const rest = (answer: unknown) =>
  served(
    document(
      {
        '/': { get: lambda('f') },
        '/{name}': { 'x-amazon-apigateway-any-method': lambda('f') },
        '/a/{path+}': { get: lambda('f'), post: lambda('f') },
      },
      { 'x-amazon-apigateway-binary-media-types': ['image/png'] },
    ),
    functions({ f: () => answer }),
  );
const http = (answer: unknown) =>
  executeApi({
    model: httpApiModel({
      name: 'fuzz',
      routes: [
        { routeKey: 'ANY /{name}', uri: 'f' },
        { routeKey: '$default', uri: 'f' },
      ],
    }),
    stage: '$default',
    apiId: 'a',
    account: '123456789012',
    region: 'eu-west-1',
    invoker: functions({ f: () => answer }),
  });

describe.each([
  ['a REST API', rest],
  ['an HTTP API', http],
])('%s', (_name, serve) => {
  it('answers every request and every result with a response that HTTP can carry', async () => {
    await fc.assert(
      fc.asyncProperty(sent, result, async ({ method, path, query, headers, body }, answer) => {
        const response = await serve(answer)({
          ...request(method, path, {}, body),
          query,
          headers: Object.entries(headers),
        });
        expect(response.status).toBeGreaterThanOrEqual(200);
        expect(response.status).toBeLessThan(600);
        for (const [name, value] of response.headers) {
          expect(name).toMatch(/^[!#$%&'*+.^_`|~0-9a-z-]+$/);
          expect(value).toMatch(/^[\t\u0020-\u007e\u0080-\u00ff]*$/);
        }
      }),
      { numRuns: propertyRuns(500) },
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
