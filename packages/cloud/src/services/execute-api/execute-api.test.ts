import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { document, functions, headerOf, lambda, request, served, textOf } from './fixtures/served.js';

const users = document({
  '/users': { get: lambda(), post: lambda() },
  '/users/{username}': { get: lambda(), 'x-amazon-apigateway-any-method': lambda('Fallback') },
});

const ok = () => ({ statusCode: 200, body: 'ok' });

describe('the event of a Lambda proxy integration', () => {
  it('has every field of payload format 1.0', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = served(users, invoker, { stageVariables: { colour: 'blue' }, deploymentId: 'dep123' });
    const headers = { 'User-Agent': 'curl/8', Cookie: ['a=1', 'b=2'], 'Content-Type': 'application/json' };
    await api(request('GET', '/users/j%20d?tag=a&tag=b%26c&flag&x=a+b', headers));
    const { event, uri, sourceArn } = invoker.invoked[0] ?? {};
    expect(uri).toBe('APIHandler');
    expect(sourceArn).toBe('arn:aws:execute-api:eu-west-1:123456789012:abcdefghij/v1/GET/users/*');
    expect(event).toMatchObject({
      resource: '/users/{username}',
      path: '/users/j%20d',
      httpMethod: 'GET',
      pathParameters: { username: 'j%20d' },
      queryStringParameters: { tag: 'b&c', flag: '', x: 'a b' },
      multiValueQueryStringParameters: { tag: ['a', 'b&c'], flag: [''], x: ['a b'] },
      stageVariables: { colour: 'blue' },
      body: null,
      isBase64Encoded: false,
      headers: { Host: 'api.example.test', 'User-Agent': 'curl/8', cookie: 'b=2', 'X-Forwarded-For': '192.0.2.1' },
      multiValueHeaders: { cookie: ['a=1', 'b=2'], 'content-type': ['application/json'] },
      requestContext: {
        accountId: '123456789012',
        apiId: 'abcdefghij',
        deploymentId: 'dep123',
        domainName: 'api.example.test',
        domainPrefix: 'api',
        httpMethod: 'GET',
        path: '/v1/users/j%20d',
        protocol: 'HTTP/1.1',
        requestTime: '09/Apr/2015:12:34:56 +0000',
        requestTimeEpoch: 1428582896789,
        resourcePath: '/users/{username}',
        stage: 'v1',
        identity: { sourceIp: '192.0.2.1', userAgent: 'curl/8', user: null, accessKey: null },
      },
    });
  });

  it('has null where there is no query, no capture and no stage variable', async () => {
    const invoker = functions({ APIHandler: ok });
    await served(users, invoker)(request('GET', '/users'));
    expect(invoker.invoked[0]?.event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
    });
  });

  it('carries text as it is and bytes of a binary media type as base64', async () => {
    const invoker = functions({ APIHandler: ok });
    const bytes = new Uint8Array([0, 255, 1]);
    const api = served(
      document({ '/': { post: lambda() } }, { 'x-amazon-apigateway-binary-media-types': ['image/png'] }),
      invoker,
    );
    await api(request('POST', '/', { 'content-type': 'text/plain' }, 'grün'));
    await api(request('POST', '/', { 'content-type': 'IMAGE/PNG; x=1' }, bytes));
    expect(invoker.invoked.map(({ event }) => [event.body, event.isBase64Encoded])).toEqual([
      ['grün', false],
      ['AP8B', true],
    ]);
  });

  it('carries every body as base64 where all media types are binary', async () => {
    const invoker = functions({ APIHandler: ok });
    const api = served(
      document({ '/': { post: lambda() } }, { 'x-amazon-apigateway-binary-media-types': ['*/*'] }),
      invoker,
    );
    await api(request('POST', '/', {}, '{}'));
    expect(invoker.invoked[0]?.event).toMatchObject({ body: 'e30=', isBase64Encoded: true });
  });
});

describe('the result of a Lambda proxy integration', () => {
  const answer = async (result: unknown, accept?: string, binary: readonly string[] = []) => {
    const api = served(
      document({ '/': { get: lambda() } }, { 'x-amazon-apigateway-binary-media-types': binary }),
      functions({ APIHandler: () => result }),
    );
    return api(request('GET', '/', accept === undefined ? {} : { accept }));
  };

  it('is application/json unless it says otherwise', async () => {
    const response = await answer({ statusCode: 201, body: '{}' });
    expect([response.status, textOf(response), headerOf(response, 'content-type')]).toEqual([
      201,
      '{}',
      'application/json',
    ]);
    expect(headerOf(await answer({ headers: { 'Content-Type': 'text/plain' } }), 'content-type')).toBe('text/plain');
  });

  it('may leave everything out', async () => {
    const response = await answer({});
    expect([response.status, response.body]).toEqual([200, '']);
  });

  it('merges both header members, the multi-value one first', async () => {
    const response = await answer({
      headers: { 'X-A': '1', 'X-B': 'b' },
      multiValueHeaders: { 'x-a': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] },
    });
    expect(headerOf(response, 'x-a')).toBe('1 | 2');
    expect(headerOf(response, 'x-b')).toBe('b');
    expect(headerOf(response, 'set-cookie')).toBe('a=1 | b=2');
  });

  it('keeps headers that the gateway writes itself under another name', async () => {
    const response = await answer({
      headers: { 'WWW-Authenticate': 'Bearer', Date: 'now', 'Transfer-Encoding': 'chunked' },
    });
    expect(headerOf(response, 'x-amzn-remapped-www-authenticate')).toBe('Bearer');
    expect(headerOf(response, 'x-amzn-remapped-date')).toBe('now');
    expect(headerOf(response, 'transfer-encoding')).toBeUndefined();
  });

  it.each([
    ['nothing', null],
    ['a text', 'hello'],
    ['an unknown member', { statusCode: 200, cookies: [] }],
    ['a body that is no string', { statusCode: 200, body: {} }],
    ['a header that is no string', { statusCode: 200, headers: { 'x-a': 1 } }],
    ['a header with a line break', { statusCode: 200, headers: { 'x-a': 'a\r\nb: c' } }],
    ['a status that is none', { statusCode: 'teapot' }],
    ['headers that are a list', { statusCode: 200, headers: [] }],
    ['a multi-value header that is no list', { statusCode: 200, multiValueHeaders: { a: 'b' } }],
  ])('is 502 when it is %s', async (_name, result) => {
    const response = await answer(result);
    expect([response.status, textOf(response)]).toEqual([502, '{"message": "Internal server error"}']);
  });

  it('is decoded to bytes when the first accepted media type is binary', async () => {
    const png = { statusCode: 200, headers: { 'content-type': 'image/png' }, body: 'AP8B', isBase64Encoded: true };
    expect(await answer(png, 'image/png,text/html', ['image/png'])).toMatchObject({ body: Buffer.from([0, 255, 1]) });
    expect(await answer(png, 'text/html,image/png', ['image/png'])).toMatchObject({ body: 'AP8B' });
    expect(await answer(png, undefined, ['*/*'])).toMatchObject({ body: Buffer.from([0, 255, 1]) });
  });

  it('is 500 when its base64 is none', async () => {
    expect((await answer({ body: '%%%', isBase64Encoded: true }, undefined, ['*/*'])).status).toBe(500);
  });

  it('may be JSON text in bytes, as the Lambda API gives it', async () => {
    expect(textOf(await answer(new TextEncoder().encode('{"body":"hi"}')))).toBe('hi');
  });

  it('is compressed from the minimum size on for clients that take gzip', async () => {
    const api = served(
      document({ '/': { get: lambda() } }, { 'x-amazon-apigateway-minimum-compression-size': 10 }),
      functions({ APIHandler: () => ({ body: 'x'.repeat(100) }) }),
    );
    const response = await api(request('GET', '/', { 'accept-encoding': 'br, gzip' }));
    expect(headerOf(response, 'content-encoding')).toBe('gzip');
    expect(response.body instanceof Uint8Array && gunzipSync(response.body).toString()).toBe('x'.repeat(100));
  });
});

describe('a streamed response', () => {
  const streaming = document({
    '/': {
      get: lambda('Stream', {
        'x-amazon-apigateway-integration': { responseTransferMode: 'STREAM', timeoutInMillis: 60_000 },
      }),
    },
  });
  const prelude = (metadata: object) => Buffer.concat([Buffer.from(JSON.stringify(metadata)), Buffer.alloc(8)]);
  async function bodyOf(body: AsyncIterable<Uint8Array>) {
    const chunks: string[] = [];
    for await (const chunk of body) chunks.push(Buffer.from(chunk).toString());
    return chunks;
  }
  const answer = (invocation: object) =>
    served(streaming, { invoke: async () => invocation as { payload: unknown } })(request('GET', '/'));

  it('is handed on chunk by chunk after its metadata, wherever the chunks are cut', async () => {
    const head = prelude({
      statusCode: 201,
      headers: { 'content-type': 'text/event-stream' },
      cookies: ['a=1', 'b=2'],
    });
    async function* stream() {
      yield head.subarray(0, 5);
      yield head.subarray(5, head.length - 3);
      yield Buffer.concat([head.subarray(head.length - 3), Buffer.from('one')]);
      yield Buffer.from('two');
    }
    const response = await answer({ stream: stream() });
    expect([response.status, headerOf(response, 'content-type'), headerOf(response, 'set-cookie')]).toEqual([
      201,
      'text/event-stream',
      'a=1 | b=2',
    ]);
    expect(await bodyOf(response.body as AsyncIterable<Uint8Array>)).toEqual(['one', 'two']);
  });

  it('is 502 without metadata, and when the function fails before its body', async () => {
    async function* nothing() {
      yield Buffer.from('hello');
    }
    // biome-ignore lint/correctness/useYield: it fails before it could
    async function* failing(): AsyncGenerator<Uint8Array> {
      throw new Error('boom');
    }
    expect((await answer({ stream: nothing() })).status).toBe(502);
    expect((await answer({ stream: failing() })).status).toBe(502);
  });

  it('may come whole: as raw bytes, or as the result of a handler in this process', async () => {
    const raw = await answer({ payload: Buffer.concat([prelude({ statusCode: 200 }), Buffer.from('whole')]) });
    expect(await bodyOf(raw.body as AsyncIterable<Uint8Array>)).toEqual(['whole']);
    const plain = await answer({ payload: { statusCode: 200, body: 'aGk=', isBase64Encoded: true } });
    expect(textOf(plain)).toBe('hi');
  });
});

describe('failures', () => {
  it('answers 502 when the function fails, and tells the log why', async () => {
    const log: string[] = [];
    const invoker = functions({
      APIHandler: () => {
        throw new Error('boom');
      },
    });
    const response = await served(users, invoker, { log: (line) => log.push(line) })(request('GET', '/users'));
    expect([response.status, textOf(response)]).toEqual([502, '{"message": "Internal server error"}']);
    expect(log).toEqual(['GET /users: the function failed: boom']);
  });

  it('answers 500 when the function may not be invoked', async () => {
    const response = await served(users, functions({}))(request('GET', '/users'));
    expect([response.status, textOf(response)]).toEqual([500, '{"message": "Internal server error"}']);
  });

  it('answers 504 when the function takes longer than the integration waits, and gives up on it', async () => {
    const slow = document({
      '/': { get: lambda('Slow', { 'x-amazon-apigateway-integration': { timeoutInMillis: 50 } }) },
    });
    let given: AbortSignal | undefined;
    const api = served(slow, {
      invoke: (_uri, _event, signal) => {
        given = signal;
        return new Promise(() => {});
      },
    });
    const response = await api(request('GET', '/'));
    expect([response.status, textOf(response)]).toEqual([504, '{"message": "Endpoint request timed out"}']);
    expect(given?.aborted).toBe(true);
  });

  it('answers 403 Missing Authentication Token for unknown paths and methods', async () => {
    const api = served(users, functions({ APIHandler: ok }));
    for (const [method, path] of [
      ['GET', '/nope'],
      ['DELETE', '/users'],
      ['GET', '/'],
    ] as const) {
      const response = await api(request(method, path));
      expect([response.status, textOf(response)]).toEqual([403, '{"message":"Missing Authentication Token"}']);
      expect(headerOf(response, 'x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    }
  });

  it('hands methods that are not declared to the any-method of their path', async () => {
    const invoker = functions({ APIHandler: ok, Fallback: () => ({ statusCode: 405 }) });
    expect((await served(users, invoker)(request('PATCH', '/users/john'))).status).toBe(405);
  });

  it('answers 413 above ten megabytes and 431 above ten kilobytes of headers', async () => {
    const api = served(users, functions({ APIHandler: ok }));
    const large = await api(request('POST', '/users', {}, new Uint8Array(10 * 1024 * 1024 + 1)));
    expect([large.status, textOf(large)]).toEqual([413, '{"message":"Request Too Long"}']);
    expect((await api(request('GET', '/users', { 'x-a': 'a'.repeat(10_240) }))).status).toBe(431);
  });

  it('answers 500 where a method has no integration', async () => {
    const api = served(document({ '/': { get: { responses: {} } } }), functions({}));
    expect((await api(request('GET', '/'))).status).toBe(500);
  });
});

describe('gateway responses', () => {
  const withResponses = (responses: unknown) =>
    served(
      document({ '/users': { get: lambda() } }, { 'x-amazon-apigateway-gateway-responses': responses }),
      functions({}),
    );

  it('add headers to the default body', async () => {
    const api = withResponses({
      DEFAULT_4XX: { responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" } },
    });
    const response = await api(request('GET', '/nope'));
    expect([response.status, textOf(response)]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    expect(headerOf(response, 'access-control-allow-origin')).toBe('*');
  });

  it('change status and body, the one of the type before the default one', async () => {
    const api = withResponses({
      DEFAULT_4XX: { statusCode: 418 },
      MISSING_AUTHENTICATION_TOKEN: {
        statusCode: 404,
        responseParameters: { 'gatewayresponse.header.x-origin': 'method.request.header.Origin' },
        responseTemplates: {
          'application/json':
            '{"said":$context.error.messageString,"at":"$context.path","type":"$context.error.responseType"}',
        },
      },
    });
    const response = await api(request('GET', '/nope', { origin: 'https://a.test' }));
    expect(response.status).toBe(404);
    expect(headerOf(response, 'x-origin')).toBe('https://a.test');
    expect(JSON.parse(textOf(response))).toEqual({
      said: 'Missing Authentication Token',
      at: '/v1/nope',
      type: 'MISSING_AUTHENTICATION_TOKEN',
    });
  });
});

describe('mock integrations', () => {
  const preflight = (integration: object, root: Readonly<Record<string, unknown>> = {}) =>
    served(
      document(
        {
          '/users': {
            options: {
              responses: {
                204: { description: '', headers: { 'Access-Control-Allow-Origin': { schema: { type: 'string' } } } },
                400: { description: '' },
              },
              'x-amazon-apigateway-integration': {
                type: 'mock',
                requestTemplates: { 'application/json': '{"statusCode": 204}' },
                responses: {
                  default: {
                    statusCode: '204',
                    responseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" },
                  },
                  '4\\d{2}': {
                    statusCode: '400',
                    responseTemplates: { 'application/json': '{"id":"$context.apiId"}' },
                  },
                },
                ...integration,
              },
            },
          },
        },
        root,
      ),
      functions({}),
    )(request('OPTIONS', '/users'));

  it('answer the status and the static headers of their default response', async () => {
    const response = await preflight({});
    expect([response.status, textOf(response), headerOf(response, 'access-control-allow-origin')]).toEqual([
      204,
      '',
      '*',
    ]);
  });

  it('select the response by the status of the request template', async () => {
    const response = await preflight({ requestTemplates: { 'application/json': '{ statusCode: 404 }' } });
    expect([response.status, textOf(response)]).toEqual([400, '{"id":"abcdefghij"}']);
  });

  it('fail with binary */* unless they convert to text, as on AWS', async () => {
    const binary = { 'x-amazon-apigateway-binary-media-types': ['*/*'] };
    expect((await preflight({}, binary)).status).toBe(500);
    expect((await preflight({ contentHandling: 'CONVERT_TO_TEXT' }, binary)).status).toBe(204);
  });

  it('answer 415 where no template fits and nothing is passed through', async () => {
    expect(
      (await preflight({ requestTemplates: { 'text/plain': '{"statusCode":200}' }, passthroughBehavior: 'never' }))
        .status,
    ).toBe(415);
  });
});

describe('request parameters', () => {
  it('answers 400 naming the required ones that are missing', async () => {
    const api = served(
      document(
        {
          '/': {
            get: lambda('APIHandler', {
              'x-amazon-apigateway-request-validator': 'params',
              parameters: [
                { name: 'limit', in: 'query', required: true },
                { name: 'X-Tenant', in: 'header', required: true },
                { name: 'next', in: 'query' },
              ],
            }),
          },
        },
        {
          'x-amazon-apigateway-request-validators': {
            params: { validateRequestParameters: true, validateRequestBody: false },
          },
        },
      ),
      functions({ APIHandler: ok }),
    );
    const response = await api(request('GET', '/?limit='));
    expect([response.status, textOf(response)]).toEqual([
      400,
      '{"message":"Missing required request parameters: [X-Tenant, limit]"}',
    ]);
    expect((await api(request('GET', '/?limit=1', { 'x-tenant': 'a' }))).status).toBe(200);
  });
});
