import { expect, test } from 'vitest';
import { executeApi } from './execute-api.js';
import { document, functions, lambda, request, served } from './fixtures/served.js';
import { httpApiModel } from './http-api/http-api-model.js';
import type { Invocation } from './invoker.js';

/** A log, and what was written to it; names of variables, without `$context`. */
function logOf(...variables: readonly string[]) {
  const lines: string[] = [];
  const format = variables.map((name) => `${name}=$context.${name}`).join(' ');
  return { lines, accessLog: { format, write: (_time: number, line: string) => lines.push(line) } };
}

/** A clock that goes a millisecond further with each look. */
const clock = () => {
  let time = Date.UTC(2015, 3, 9, 12, 34, 56);
  return () => time++;
};

const GUARDED = {
  security: [{ user: [] }],
};
const AUTHORIZER = {
  components: {
    securitySchemes: {
      user: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authorizer': { type: 'token', authorizerUri: 'Authorizer' },
      },
    },
  },
};

test('a line has what the context of a request has, and a dash for what it has not', async () => {
  const { lines, accessLog } = logOf(
    ...['apiId', 'stage', 'path', 'resourcePath', 'httpMethod', 'requestTime', 'identity.sourceIp', 'identity.user'],
    ...['authorizer.claims', 'integration.status', 'error.message', 'nothing.of.the.kind'],
  );
  const api = served(
    document({ '/users/{name}': { get: lambda() } }),
    functions({ APIHandler: () => ({ statusCode: 201 }) }),
    { accessLog },
  );
  await api(request('GET', '/users/ann'));
  await api(request('PUT', '/users/ann'));
  expect(lines).toEqual([
    'apiId=abcdefghij stage=v1 path=/v1/users/ann resourcePath=/users/{name} httpMethod=GET ' +
      'requestTime=09/Apr/2015:12:34:56 +0000 identity.sourceIp=192.0.2.1 identity.user=- ' +
      'authorizer.claims=- integration.status=201 error.message=- nothing.of.the.kind=-',
    'apiId=abcdefghij stage=v1 path=/v1/users/ann resourcePath=- httpMethod=PUT ' +
      'requestTime=09/Apr/2015:12:34:56 +0000 identity.sourceIp=192.0.2.1 identity.user=- ' +
      'authorizer.claims=- integration.status=- error.message=Missing Authentication Token nothing.of.the.kind=-',
  ]);
});

test('a line says what the function answered, what was sent, and how long each took', async () => {
  const { lines, accessLog } = logOf(
    ...['status', 'responseLength', 'integration.status', 'integration.integrationStatus', 'integrationStatus'],
    ...['integration.error', 'integration.latency', 'error.responseType', 'error.messageString'],
  );
  const api = served(
    document({ '/fine': { get: lambda('Fine') }, '/fails': { get: lambda('Fails') } }),
    functions({
      Fine: () => ({ statusCode: 404, body: 'é' }),
      Fails: () => {
        throw new Error('thrown');
      },
    }),
    { accessLog, now: clock() },
  );
  await api(request('GET', '/fine'));
  await api(request('GET', '/fails'));
  expect(lines).toEqual([
    'status=404 responseLength=2 integration.status=404 integration.integrationStatus=200 integrationStatus=200 ' +
      'integration.error=- integration.latency=1 error.responseType=- error.messageString=-',
    'status=502 responseLength=36 integration.status=- integration.integrationStatus=200 integrationStatus=200 ' +
      'integration.error=the function failed: thrown integration.latency=1 ' +
      'error.responseType=INTEGRATION_FAILURE error.messageString="Internal server error"',
  ]);
});

test('a line says how an authorizer decided, and what it said of the caller', async () => {
  const { lines, accessLog } = logOf(
    'status',
    'authorizer.status',
    'authorizer.principalId',
    'authorizer.tenant',
    'authorize.status',
  );
  const api = served(
    document({ '/me': { get: lambda('APIHandler', GUARDED) } }, AUTHORIZER),
    functions({
      APIHandler: () => ({ statusCode: 200 }),
      Authorizer: ({ authorizationToken }) => ({
        principalId: 'john',
        policyDocument: {
          Statement: [
            { Effect: authorizationToken === 'in' ? 'Allow' : 'Deny', Action: 'execute-api:Invoke', Resource: '*' },
          ],
        },
        context: { tenant: 7 },
      }),
    }),
    { accessLog },
  );
  for (const authorization of ['in', 'out']) await api(request('GET', '/me', { authorization }));
  await api(request('GET', '/me'));
  expect(lines).toEqual([
    'status=200 authorizer.status=200 authorizer.principalId=john authorizer.tenant=7 authorize.status=-',
    'status=403 authorizer.status=403 authorizer.principalId=- authorizer.tenant=- authorize.status=-',
    'status=401 authorizer.status=401 authorizer.principalId=- authorizer.tenant=- authorize.status=-',
  ]);
});

test('the line of a streamed response comes at its end, with its length', async () => {
  const { lines, accessLog } = logOf('status', 'responseLength');
  async function* stream() {
    yield Buffer.concat([Buffer.from('{"statusCode":201}'), Buffer.alloc(8), Buffer.from('one')]);
    yield Buffer.from('two');
  }
  const integration = { 'x-amazon-apigateway-integration': { responseTransferMode: 'STREAM' } };
  const invoker = { invoke: async (): Promise<Invocation> => ({ stream: stream() }) };
  const api = served(document({ '/': { get: lambda('Stream', integration) } }), invoker, { accessLog });
  const { body } = await api(request('GET', '/'));
  expect(lines).toEqual([]);
  if (typeof body === 'string' || body instanceof Uint8Array) throw new Error('the response is not streamed');
  for await (const _ of body);
  expect(lines).toEqual(['status=201 responseLength=6']);
});

test('an HTTP API has its own context: the route key, its one request id, and claims', async () => {
  const { lines, accessLog } = logOf(
    ...['routeKey', 'path', 'status', 'authorizer.claims.sub', 'authorizer.status', 'error.message', 'resourcePath'],
    ...['requestId', 'extendedRequestId'],
  );
  const model = httpApiModel({
    name: 'http',
    routes: [
      { routeKey: 'GET /users/{name}', uri: 'f', authorization: { kind: 'JWT', authorizer: 'user', scopes: [] } },
    ],
    authorizers: {
      user: { type: 'JWT', issuer: 'https://a', audience: ['b'], identitySources: ['$request.header.Authorization'] },
    },
  });
  const invoker = functions({ f: (event) => Reflect.get(Object(event.requestContext), 'requestId') });
  const api = executeApi({
    ...{ model, stage: '$default', apiId: 'abcdefghij', account: '123456789012', region: 'eu-west-1', invoker },
    accessLog,
    verifyJwt: async () => ({ claims: { sub: 'john' }, scopes: [] }),
  });
  const { headers, body } = await api(request('GET', '/users/ann', { authorization: 'x' }));
  await api(request('GET', '/nowhere'));
  const id = headers.find(([name]) => name === 'apigw-requestid')?.[1];
  expect(body).toBe(id);
  expect(lines[0]).toBe(
    'routeKey=GET /users/{name} path=/users/ann status=200 authorizer.claims.sub=john authorizer.status=200 ' +
      `error.message=- resourcePath=- requestId=${id} extendedRequestId=${id}`,
  );
  expect(lines[1]).toMatch(/^routeKey=- path=\/nowhere status=404 .* error\.message=Not Found /);
});
