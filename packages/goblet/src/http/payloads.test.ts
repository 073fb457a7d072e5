import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { APP } from '../definition.js';
import { App, cookie, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
const fixture = (name: string) => JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));

const app = new App('payloads', { alsoBehind: ['url', 'alb'] });
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
app.post('/nothing', (request) => ({
  query: request.query,
  all: request.all('tag'),
  headers: request.headers,
  cookies: request.cookies,
  params: request.params,
  bytes: request.rawBody.length,
}));
app.post('/query', ({ query }) => Object.entries(query).sort());
app.get('/bytes', () => new Uint8Array([1, 2]));
const handler = lambdaHandler(app);

const name = 'café';
const shared = { tag: 'two & three', empty: '', cookies: { a: '1', b: '2' }, body: { ok: true }, method: 'POST' };

const getEvent = (kind: string) => {
  const event = fixture(kind);
  if (event.httpMethod) event.httpMethod = 'GET';
  else event.requestContext.http.method = 'GET';
  if (event.routeKey?.startsWith('POST')) event.routeKey = event.routeKey.replace('POST', 'GET');
  return event;
};

/** A POST to a path without variables. */
const postEvent = (kind: string, path: string) => {
  const event = fixture(kind);
  if (event.resource) event.resource = path;
  if (event.routeKey?.startsWith('POST')) event.routeKey = `POST ${path}`;
  if ('path' in event) event.path = path;
  else event.rawPath = path;
  delete event.pathParameters;
  return event;
};

const KINDS = ['rest', 'http', 'http-1.0', 'url', 'alb-multi', 'alb-single'];

describe.each(KINDS)('%s', (kind) => {
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

  test.each([null, undefined, {}])('survives optional maps that are %j', async (none) => {
    const event = getEvent(kind);
    for (const key of [
      ...['queryStringParameters', 'multiValueQueryStringParameters', 'headers', 'multiValueHeaders', 'cookies'],
      ...['stageVariables', 'rawQueryString'],
    ]) {
      // A target group with multi-value headers is known by them, and never goes without.
      if (!(key in event) || (kind === 'alb-multi' && key === 'multiValueHeaders')) continue;
      if (none === undefined) delete event[key];
      else if (key === 'cookies') event[key] = none && [];
      else event[key] = key === 'rawQueryString' ? '' : none;
    }
    event.body = none === undefined ? undefined : null;
    event.isBase64Encoded = false;
    const result = (await handler(event, context)) as { statusCode: number; body: string };
    expect(result.statusCode).toBe(200);
    expect(result.body).toBe('ok');
  });

  test('gives nothing where nothing was sent', async () => {
    const event = postEvent(kind, '/nothing');
    for (const key of [
      'queryStringParameters',
      'multiValueQueryStringParameters',
      'cookies',
      'pathParameters',
      'headers',
    ])
      delete event[key];
    if (event.multiValueHeaders) event.multiValueHeaders = {};
    if (event.rawQueryString) event.rawQueryString = '';
    event.body = kind.startsWith('alb') ? '' : null;
    event.isBase64Encoded = false;
    const { body } = (await handler(event, context)) as { body: string };
    expect(JSON.parse(body)).toEqual({ query: {}, all: [], headers: {}, cookies: {}, params: {}, bytes: 0 });
  });

  test('reads a body that is text as it stands', async () => {
    const event = { ...fixture(kind), body: '{"grüße":"%41+&=\\n"}', isBase64Encoded: false };
    const { body } = (await handler(event, context)) as { body: string };
    expect(JSON.parse(body).body).toEqual({ grüße: '%41+&=\n' });
  });

  test('reads a query that has escapes, several equals signs and names of Object.prototype', async () => {
    const event = postEvent(kind, '/query');
    const pairs: [string, string][] = [
      ['a b', 'x=y'],
      ['__proto__', '1'],
      ['constructor', 'é'],
      ['plus', '1+1'],
      ['', 'unnamed'],
    ];
    const encoded = (text: string) => (kind.startsWith('alb') ? encodeURIComponent(text) : text);
    if (kind === 'http' || kind === 'url') event.rawQueryString = new URLSearchParams(pairs).toString();
    else {
      const entries = pairs.map(([name = '', value = '']) => [encoded(name), encoded(value)]);
      event.queryStringParameters = Object.fromEntries(entries);
      if (kind !== 'alb-single')
        event.multiValueQueryStringParameters = Object.fromEntries(entries.map(([name, value]) => [name, [value]]));
    }
    const { body } = (await handler(event, context)) as { body: string };
    expect(JSON.parse(body)).toEqual(pairs.map((pair) => [...pair]).sort());
  });
});

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

test.each([
  ['rest', '/base/users/caf%C3%A9/a%20b/c'],
  ['http', '/users/café/a b/c'],
  ['http-1.0', '/mapping/users/café/a b/c'],
  ['url', '/users/caf%C3%A9/a%20b/c'],
  ['alb-multi', '/users/caf%C3%A9/a%20b/c'],
])('the path of %s is %s: without a stage, with a base path', async (kind, path) => {
  const { body } = (await handler(fixture(kind), context)) as { body: string };
  expect(JSON.parse(body).path).toBe(path);
});

test.each([
  ['v1', '/v1/users/a/b', '/users/a/b'],
  ['v1', '/v1', '/'],
  ['v1', '/v1/v1/b', '/v1/b'],
  ['v1', '/v10/users', '/v10/users'],
  ['v1', '/users/a/b', '/users/a/b'],
  ['$default', '/v1/users', '/v1/users'],
  [undefined, '/v1/users', '/v1/users'],
])('on the stage %s of an HTTP API the raw path %s is the path %s', async (stage, rawPath, path) => {
  const event = fixture('http');
  const given = { ...event, rawPath, requestContext: { ...event.requestContext, stage } };
  const { body } = (await handler(given, context)) as { body: string };
  expect(JSON.parse(body).path).toBe(path);
});

test.each([
  ['rest', '100%2525', '100%25'],
  ['http-1.0', '100%25', '100%25'],
  ['http', '100%25', '100%25'],
])('a capture of %s is decoded once: %s is %s', async (kind, name, expected) => {
  const { body } = (await handler({ ...fixture(kind), pathParameters: { name, rest: 'x' } }, context)) as {
    body: string;
  };
  expect(JSON.parse(body).params.name).toBe(expected);
});

test('several Cookie headers are one set of cookies', async () => {
  const event = fixture('rest');
  event.multiValueHeaders.Cookie = ['a=1', 'b=2; c=3'];
  const { body } = (await handler(event, context)) as { body: string };
  expect(JSON.parse(body).cookies).toEqual({ a: '1', b: '2', c: '3' });
});

const records = (eventSource: string) => ({ Records: [{ eventSource, body: '{}' }] });
const lattice = {
  version: '2.0',
  path: '/users/a/b',
  method: 'GET',
  headers: { host: ['x'] },
  requestContext: { serviceNetworkArn: 'arn', serviceArn: 'arn', targetGroupArn: 'arn' },
};
test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['a number', 7],
  ['a text', '{"httpMethod":"GET"}'],
  ['a list', [{}]],
  ['an empty object', {}],
  ['an SQS event', records('aws:sqs')],
  ['an SNS event', records('aws:sns')],
  ['an EventBridge event', { version: '0', source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
  ['a CloudFront event', { Records: [{ cf: { request: { method: 'GET', uri: '/' } } }] }],
  ['a VPC Lattice event', lattice],
  ['a VPC Lattice event of version 1', { raw_path: '/', method: 'GET', headers: {}, query_string_parameters: {} }],
  [
    'a WebSocket connection',
    {
      headers: {},
      multiValueHeaders: {},
      requestContext: { routeKey: '$connect', eventType: 'CONNECT', connectionId: 'c', domainName: 'd', stage: 's' },
    },
  ],
  [
    'a WebSocket message',
    { body: '{}', requestContext: { routeKey: '$default', eventType: 'MESSAGE', connectionId: 'c' } },
  ],
  ['an authorizer request', { type: 'REQUEST', version: '2.0', routeArn: 'arn', headers: {} }],
  ['a method alone', { httpMethod: 'GET' }],
  ['a version alone', { version: '2.0' }],
  ['a request without its context', { version: '2.0', rawPath: '/', requestContext: null }],
])('%s is no request, and the error says what came', async (_name, event) => {
  const keys = Object.keys(Object(event)).join(',');
  await expect(handler(event, context)).rejects.toThrow(`GOBLET_EVENT_UNKNOWN: no front door sends [${keys}]`);
});

test('a front door that the bundle was made without is said to be none of the app', async () => {
  const open = new App('x', { api: 'rest' });
  open.get('/', () => 1);
  const omitted = (app: typeof open) =>
    ['rest', 'http', 'url', 'alb'].filter((door) => app[APP].bundleConditions.includes(`goblet-without-${door}`));
  expect(omitted(open)).toEqual(['http', 'url', 'alb']);
  expect(omitted(new App('x', { api: 'http', alsoBehind: ['url', 'alb'] }))).toEqual(['rest']);
});

test('every field of the fixtures is cited', () => {
  const page = readFileSync(new URL('fixtures/README.md', import.meta.url), 'utf8');
  const fields = new Set(KINDS.flatMap((kind) => Object.keys(fixture(kind))));
  for (const field of fields) expect(page).toContain(`\n| \`${field}\` | `);
  for (const kind of KINDS) expect(page).toContain(`\`${kind}.json\``);
});
