import { describe, expect, it } from 'vitest';
import type { HttpResponse } from '../../../core/http.js';
import { executeApi } from '../execute-api.js';
import { functions, headerOf, request, textOf } from '../fixtures/served.js';
import type { Invoker } from '../invoker.js';
import type { Authorization, AuthorizerDefinition, CorsConfiguration } from '../model.js';
import type { ExecuteApiOptions } from '../stage.js';
import { type HttpRoute, httpApiModel } from './http-api-model.js';

function route(routeKey: string, uri = 'APIHandler', authorization: Authorization = { kind: 'NONE' }): HttpRoute {
  return { routeKey, uri, authorization };
}

function httpApi(
  routes: readonly HttpRoute[],
  invoker: Invoker,
  more: Partial<ExecuteApiOptions> & {
    cors?: CorsConfiguration;
    authorizers?: Record<string, AuthorizerDefinition>;
  } = {},
) {
  const { cors, authorizers = {}, ...options } = more;
  const model = httpApiModel({ name: 'http', routes, authorizers, ...(cors && { cors }) });
  return executeApi({
    model,
    stage: '$default',
    apiId: 'abcdefghij',
    account: '123456789012',
    region: 'eu-west-1',
    invoker,
    now: () => Date.UTC(2015, 3, 9, 12, 34, 56, 789),
    ...options,
  });
}

const ok = () => ({ statusCode: 200, body: 'ok' });

describe('routes of an HTTP API', () => {
  const name = async (routes: readonly string[], method: string, path: string) => {
    const invoker = functions({ f: ok });
    const response = await httpApi(
      routes.map((key) => route(key, 'f')),
      invoker,
    )(request(method, path));
    return response.status === 200 ? invoker.invoked[0]?.event.routeKey : textOf(response);
  };

  it('are chosen by the most specific path that has the method', async () => {
    const routes = ['GET /pets/dog/1', 'GET /pets/dog/{id}', 'GET /pets/{proxy+}', 'ANY /{proxy+}', '$default'];
    expect(await name(routes, 'GET', '/pets/dog/1')).toBe('GET /pets/dog/1');
    expect(await name(routes, 'GET', '/pets/dog/2')).toBe('GET /pets/dog/{id}');
    expect(await name(routes, 'GET', '/pets/cat/1')).toBe('GET /pets/{proxy+}');
    expect(await name(routes, 'POST', '/test/5')).toBe('ANY /{proxy+}');
    expect(await name(routes, 'GET', '/')).toBe('$default');
  });

  it('pass on what their path does not have: to another path, else 404', async () => {
    expect(await name(['GET /pets', 'ANY /{proxy+}'], 'POST', '/pets')).toBe('ANY /{proxy+}');
    expect(await name(['GET /pets'], 'POST', '/pets')).toBe('{"message":"Not Found"}');
    expect(await name(['GET /pets'], 'GET', '/pets/')).toBe('{"message":"Not Found"}');
  });
});

describe('paths of an HTTP API', () => {
  it('are decoded, once, before a route is chosen: an escaped slash separates', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = httpApi([route('GET /a/{name}'), route('GET /a/{name}/b')], invoker);
    for (const path of ['/a/x%2Fb', '/%61/y', '/a/%252F', '/%2561/y']) await api(request('GET', path));
    expect(invoker.invoked.map(({ event }) => [event.routeKey, event.rawPath, event.pathParameters])).toEqual([
      ['GET /a/{name}/b', '/a/x/b', { name: 'x' }],
      ['GET /a/{name}', '/a/y', { name: 'y' }],
      ['GET /a/{name}', '/a/%2F', { name: '%2F' }],
    ]);
  });
});

describe('limits of an HTTP API', () => {
  it('are those of its quotas: a body of ten megabytes, request line and headers of 10,240 bytes', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = httpApi([route('POST /a')], invoker);
    const status = async (body: string, padding: number) =>
      (await api(request('POST', '/a', { 'x-padding': 'x'.repeat(padding) }, body))).status;
    expect([
      await status('x'.repeat(10 * 1024 * 1024), 9000),
      await status('x'.repeat(10 * 1024 * 1024 + 1), 0),
      await status('', 10_300),
    ]).toEqual([200, 413, 431]);
    expect(invoker.invoked).toHaveLength(1);
  });

  it('exclude paths that cannot be decoded, which no route sees: 400', async () => {
    const invoker = functions({ APIHandler: ok });
    const response = await httpApi([route('ANY /{p+}')], invoker)(request('GET', '/%E0%A4%A'));
    expect([response.status, textOf(response)]).toEqual([400, '{"message":"Bad Request"}']);
    expect(invoker.invoked).toEqual([]);
  });

  it("are the route's own, else the default ones: 429", async () => {
    const throttles = { 'GET /a': { rateLimit: 0, burstLimit: 1 }, '*': { rateLimit: 0, burstLimit: 2 } };
    const api = httpApi([route('GET /a'), route('GET /b')], functions({ APIHandler: ok }), { throttles });
    const statuses: number[] = [];
    for (const path of ['/a', '/a', '/b', '/b', '/b']) statuses.push((await api(request('GET', path))).status);
    expect(statuses).toEqual([200, 429, 200, 200, 429]);
  });
});

describe('the event of payload format 2.0', () => {
  it('has every field', async () => {
    const invoker = functions({ APIHandler: ok });
    const headers = {
      Cookie: ['a=1; b=2', 'c=3'],
      'X-A': ['1', '2'],
      'User-Agent': 'curl/8',
      'Content-Type': 'application/json',
    };
    const api = httpApi([route('POST /users/{name}')], invoker, { stageVariables: { colour: 'blue' } });
    await api(request('POST', '/users/j%20d?tag=a&tag=b%26c&flag', headers, '{}'));
    expect(invoker.invoked[0]?.sourceArn).toBe(
      'arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/$default/POST/users/*',
    );
    expect(invoker.invoked[0]?.event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /users/{name}',
      rawPath: '/users/j d',
      rawQueryString: 'tag=a&tag=b%26c&flag',
      cookies: ['a=1', 'b=2', 'c=3'],
      headers: { 'x-a': '1,2', 'user-agent': 'curl/8', host: 'api.example.test' },
      queryStringParameters: { tag: 'a,b&c', flag: '' },
      pathParameters: { name: 'j d' },
      stageVariables: { colour: 'blue' },
      requestContext: {
        accountId: '123456789012',
        apiId: 'abcdefghij',
        http: { method: 'POST', path: '/users/j d', protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl/8' },
        routeKey: 'POST /users/{name}',
        stage: '$default',
        time: '09/Apr/2015:12:34:56 +0000',
        timeEpoch: 1428582896789,
      },
      body: '{}',
      isBase64Encoded: false,
    });
    expect(invoker.invoked[0]?.event.headers).not.toHaveProperty('cookie');
  });

  it('leaves out what there is none of, puts the stage into the path, and bodies that are no text into base64', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = httpApi([route('ANY /x')], invoker, { stage: 'v1' });
    await api(request('GET', '/x'));
    for (const member of ['body', 'cookies', 'queryStringParameters', 'pathParameters', 'stageVariables']) {
      expect(invoker.invoked[0]?.event).not.toHaveProperty(member);
    }
    expect(invoker.invoked[0]?.event.rawPath).toBe('/v1/x');
    await api(request('POST', '/x', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'));
    expect(invoker.invoked[1]?.event).toMatchObject({ body: 'YT1i', isBase64Encoded: true });
  });
});

describe('the result of payload format 2.0', () => {
  const answer = async (result: unknown): Promise<HttpResponse> =>
    httpApi([route('GET /')], functions({ APIHandler: () => result }))(request('GET', '/'));

  it('is JSON as it is when it has no status', async () => {
    const response = await answer({ hello: 'world' });
    expect([response.status, textOf(response), headerOf(response, 'content-type')]).toEqual([
      200,
      '{"hello":"world"}',
      'application/json',
    ]);
    expect(textOf(await answer('plain'))).toBe('plain');
  });

  it('has status, headers, cookies and a body that may be base64', async () => {
    const response = await answer({
      statusCode: 201,
      headers: { 'X-N': 1 },
      cookies: ['a=1', 'b=2'],
      body: 'aGk=',
      isBase64Encoded: true,
    });
    expect([response.status, textOf(response), headerOf(response, 'x-n'), headerOf(response, 'set-cookie')]).toEqual([
      201,
      'hi',
      '1',
      'a=1 | b=2',
    ]);
    expect(headerOf(response, 'content-type')).toBe('text/plain;charset=utf-8');
  });

  it('is 500 Internal Server Error when it is malformed or the function fails', async () => {
    const failing = httpApi([route('GET /')], functions({}));
    expect(textOf(await answer({ statusCode: 'teapot' }))).toBe('{"message":"Internal Server Error"}');
    expect((await failing(request('GET', '/'))).status).toBe(500);
  });
});

describe('CORS of an HTTP API', () => {
  const cors: CorsConfiguration = {
    allowOrigins: ['https://app.test'],
    allowMethods: ['GET'],
    allowHeaders: ['x-a'],
    exposeHeaders: ['x-b'],
    maxAge: 60,
    allowCredentials: true,
  };
  const own = () => ({ statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://other.test' }, body: '' });

  it('answers preflights itself', async () => {
    const invoker = functions({ APIHandler: own });
    const api = httpApi([route('ANY /{p+}')], invoker, { cors });
    const headers = { origin: 'https://app.test', 'access-control-request-method': 'GET' };
    const response = await api(request('OPTIONS', '/x', headers));
    expect(response.status).toBe(204);
    expect(headerOf(response, 'access-control-allow-origin')).toBe('https://app.test');
    expect(headerOf(response, 'access-control-allow-methods')).toBe('GET');
    expect(headerOf(response, 'access-control-max-age')).toBe('60');
    expect(
      headerOf(
        await api(request('OPTIONS', '/x', { ...headers, origin: 'https://evil.test' })),
        'access-control-allow-origin',
      ),
    ).toBeUndefined();
    expect(invoker.invoked).toEqual([]);
  });

  it("replaces the function's headers, and stands on errors too", async () => {
    const api = httpApi([route('GET /x')], functions({ APIHandler: own }), { cors });
    for (const path of ['/x', '/nope']) {
      const response = await api(request('GET', path, { origin: 'https://app.test' }));
      expect(headerOf(response, 'access-control-allow-origin')).toBe('https://app.test');
      expect(headerOf(response, 'access-control-expose-headers')).toBe('x-b');
    }
    expect(
      headerOf(await api(request('GET', '/x', { origin: 'https://evil.test' })), 'access-control-allow-origin'),
    ).toBeUndefined();
  });
});

describe('authorizers of an HTTP API', () => {
  const lambda: AuthorizerDefinition = {
    type: 'REQUEST',
    uri: 'Authorizer',
    identitySources: ['$request.header.Authorization'],
    ttl: 0,
    simpleResponses: true,
  };
  const guarded = [route('GET /me', 'APIHandler', { kind: 'CUSTOM', authorizer: 'user' })];

  it.each([
    [{ isAuthorized: true, context: { a: 1 } }, 200],
    [{ isAuthorized: false }, 403],
    [{}, 500],
    [null, 500],
  ])('let in by %j: %i', async (result, status) => {
    const invoker = functions({ APIHandler: ok, Authorizer: () => result });
    const response = await httpApi(guarded, invoker, { authorizers: { user: lambda } })(
      request('GET', '/me', { authorization: 'x' }),
    );
    expect(response.status).toBe(status);
    expect(invoker.invoked[0]?.event).toMatchObject({
      version: '2.0',
      type: 'REQUEST',
      identitySource: ['x'],
      routeKey: 'GET /me',
    });
    if (status === 200)
      expect(invoker.invoked[1]?.event.requestContext).toMatchObject({ authorizer: { lambda: { a: 1 } } });
    else expect(invoker.invoked).toHaveLength(1);
  });

  it('ask for the identity source: 401', async () => {
    const response = await httpApi(guarded, functions({}), { authorizers: { user: lambda } })(request('GET', '/me'));
    expect([response.status, textOf(response)]).toEqual([401, '{"message":"Unauthorized"}']);
  });

  it('verify tokens and scopes of a JWT authorizer, and stay shut without a verifier', async () => {
    const routes = [route('GET /me', 'APIHandler', { kind: 'JWT', authorizer: 'user', scopes: ['read'] })];
    const authorizers: Record<string, AuthorizerDefinition> = {
      user: {
        type: 'JWT',
        issuer: 'https://id.test',
        audience: ['a'],
        identitySources: ['$request.header.Authorization'],
      },
    };
    const verifyJwt = async (token: string) =>
      token === 'bad' ? { refused: 'the token has expired' } : { claims: { sub: 'john' }, scopes: [token] };
    const invoker = functions({ APIHandler: ok });
    const status = async (token: string, more = {}) =>
      (
        await httpApi(routes, invoker, { authorizers, ...more })(
          request('GET', '/me', { authorization: `Bearer ${token}` }),
        )
      ).status;
    expect([
      await status('bad', { verifyJwt }),
      await status('write', { verifyJwt }),
      await status('read', { verifyJwt }),
      await status('read'),
    ]).toEqual([401, 403, 200, 501]);
    const advised = await httpApi(routes, invoker, { authorizers, advice: 'do that' })(request('GET', '/me'));
    expect(textOf(advised)).toContain('do that');
    expect(invoker.invoked[0]?.event.requestContext).toMatchObject({
      authorizer: { jwt: { claims: { sub: 'john' }, scopes: ['read'] } },
    });
    const challenge = async (headers: Record<string, string>) => {
      const api = httpApi(routes, invoker, { authorizers, verifyJwt });
      return headerOf(await api(request('GET', '/me', headers)), 'www-authenticate');
    };
    expect([
      await challenge({}),
      await challenge({ authorization: 'bad' }),
      await challenge({ authorization: 'write' }),
    ]).toEqual([
      'Bearer',
      'Bearer scope="read" error="invalid_token" error_description="the token has expired"',
      'Bearer scope="read" error="insufficient_scope"',
    ]);
  });
});
