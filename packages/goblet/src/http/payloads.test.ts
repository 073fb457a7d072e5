import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { App, cookie, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import type { LambdaContext } from '../route-types.js';

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

const app = new App('payloads');
app.post('/users/{name}/{rest+}', (request) => ({
  params: request.params,
  tags: request.all('tag'),
  tag: request.query.tag,
  empty: request.query.empty,
  cookies: request.cookies,
  twice: request.headers['x-twice'],
  host: request.headers.host,
  body: request.body,
  method: request.method,
  path: request.path,
}));
app.get('/users/{name}/{rest+}', () =>
  reply(200, 'ok', { headers: { 'x-list': ['a', 'b'], 'x-one': '1' }, cookies: [cookie('a', '1'), cookie('b', '2')] }),
);
app.get('/bytes', () => new Uint8Array([1, 2]));
const handler = lambdaHandler(app);

const name = 'café';
const shared = { tag: 'two & three', empty: '', cookies: { a: '1', b: '2' }, body: { ok: true }, method: 'POST' };

describe.each(['rest', 'http', 'url', 'alb-multi', 'alb-single'])('%s', (kind) => {
  test('reads the same request', async () => {
    const event = fixture(kind);
    const result = (await handler(event, context)) as { statusCode: number; body: string };
    expect(result.statusCode).toBe(200);
    expect(JSON.parse(result.body)).toMatchObject({
      ...shared,
      params: { name, rest: 'a b/c' },
      tags: kind === 'alb-single' ? ['two & three'] : ['one', 'two & three'],
      host: event.headers?.host ?? event.headers?.Host ?? event.multiValueHeaders.host[0],
    });
  });

  test('survives an event without its optional maps', async () => {
    const event = fixture(kind);
    for (const key of ['headers', 'queryStringParameters', 'cookies', 'body', 'multiValueQueryStringParameters']) {
      if (key in event) event[key] = null;
    }
    if (kind !== 'alb-multi') delete event.multiValueHeaders;
    event.httpMethod &&= 'GET';
    if (event.requestContext.http) event.requestContext.http.method = 'GET';
    if (event.routeKey && event.routeKey !== '$default') event.routeKey = event.routeKey.replace('POST', 'GET');
    expect(await handler(event, context)).toMatchObject({ statusCode: 200, body: 'ok' });
  });
});

const getEvent = (kind: string) => {
  const event = fixture(kind);
  if (event.httpMethod) event.httpMethod = 'GET';
  else event.requestContext.http.method = 'GET';
  return event;
};

test('a REST result has single headers, and lists for what is several', async () => {
  expect(await handler(getEvent('rest'), context)).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'x-one': '1' },
    multiValueHeaders: {
      'x-list': ['a', 'b'],
      'set-cookie': ['a=1; Path=/; Secure; HttpOnly; SameSite=Lax', 'b=2; Path=/; Secure; HttpOnly; SameSite=Lax'],
    },
    body: 'ok',
  });
});

test('an HTTP API result has its cookies apart and its lists joined', async () => {
  expect(await handler(getEvent('http'), context)).toMatchObject({
    headers: { 'x-list': 'a, b' },
    cookies: [expect.stringContaining('a=1'), expect.stringContaining('b=2')],
  });
});

test('an ALB result has lists where the target group has multi-value headers', async () => {
  const result = await handler(getEvent('alb-multi'), context);
  expect(result).toMatchObject({
    multiValueHeaders: { 'x-one': ['1'], 'x-list': ['a', 'b'], 'set-cookie': [expect.any(String), expect.any(String)] },
    isBase64Encoded: false,
  });
  expect(result).not.toHaveProperty('headers');
});

test('an ALB result has single values otherwise, and still both cookies', async () => {
  const { headers } = (await handler(getEvent('alb-single'), context)) as { headers: Record<string, string> };
  expect(headers['x-list']).toBe('a, b');
  const cookies = Object.keys(headers).filter((one) => one.toLowerCase() === 'set-cookie');
  expect(cookies).toHaveLength(2);
});

test('bytes are base64 and say so', async () => {
  const event = { ...getEvent('rest'), resource: '/bytes', path: '/bytes', pathParameters: null };
  expect(await handler(event, context)).toMatchObject({ body: 'AQI=', isBase64Encoded: true });
});

test('the stage of an HTTP API is not part of the path', async () => {
  const { body } = (await handler(fixture('http'), context)) as { body: string };
  expect(JSON.parse(body).path).toBe('/users/café/a b/c');
});

test('an HTTP API with payload 1.0 decodes captures itself', async () => {
  const event = { ...fixture('rest'), version: '1.0', pathParameters: { name: '100%25', rest: 'x' } };
  const { body } = (await handler(event, context)) as { body: string };
  expect(JSON.parse(body).params.name).toBe('100%25');
});

test.each([undefined, null, 7, 'text', {}, { Records: [] }, { httpMethod: 'GET' }, { version: '2.0' }])(
  'the event %j of no known shape is a clear error',
  async (event) => {
    await expect(handler(event, context)).rejects.toThrow(/GOBLET_EVENT_UNKNOWN/);
  },
);
