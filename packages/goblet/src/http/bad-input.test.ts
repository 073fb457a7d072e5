import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { propertyRuns } from '../../../../tests/property-runs.js';
import type { LambdaContext } from '../declare/route-types.js';
import { App, form, multipart, raw } from '../index.js';
import { lambdaHandler } from '../lambda.js';

interface Result {
  statusCode: number;
  headers: Record<string, string>;
  multiValueHeaders?: Record<string, string[]>;
  body: string;
}

const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
const failures: unknown[] = [];
const logger = { debug() {}, info() {}, warn() {}, error: (message: string) => failures.push(message) };
const app = new App('bad-input', {
  logger,
  alsoBehind: ['url', 'alb'],
  cors: { origin: ['https://a.example', 'https://b.example'] },
});
app.get('/echo/{name}', (request) => ({
  ...request.params,
  query: request.query,
  all: request.all('a'),
  headers: request.headers,
  cookies: request.cookies,
}));
app.post('/json', ({ body }) => ({ body }));
const Body = z.object({ name: z.string(), tags: z.record(z.string(), z.unknown()).optional() });
app.post('/typed', { body: Body, response: Body }, ({ body }) => body);
app.post('/form', { body: form() }, ({ body }) => body);
app.post('/multipart', { body: multipart() }, ({ body }) => body.parts.map(({ name, bytes }) => [name, bytes.length]));
app.post('/raw', { body: raw() }, ({ body }) => ({ size: body.length }));
app.get('/__proto__/{constructor}', ({ params }) => ({ got: params.constructor }));
app.get('/constructor/{__proto__}', ({ params }) => ({ got: Object.entries(params) }));
app.get('/files/{rest+}', ({ params }) => params.rest.length);
const handler = lambdaHandler(app);

function check(result: unknown): Result {
  const { statusCode, headers, multiValueHeaders = {}, body } = result as Result;
  expect(Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599).toBe(true);
  for (const [name, value] of [
    ...Object.entries(headers),
    ...Object.entries(multiValueHeaders)
      .flat(2)
      .map((v) => ['x', String(v)]),
  ])
    expect(`${name}${value}`).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/);
  expect(typeof body).toBe('string');
  JSON.stringify(result);
  expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  return result as Result;
}

const send = async (event: object): Promise<Result> => check(await handler(event, context));
const get = (name: string, more: object = {}) =>
  send({
    resource: '/echo/{name}',
    path: `/echo/${name}`,
    httpMethod: 'GET',
    pathParameters: { name },
    requestContext: {},
    ...more,
  });
const post = (path: string, body: string | null, type = 'application/json', more: object = {}) =>
  send({
    resource: path,
    path,
    httpMethod: 'POST',
    headers: { 'content-type': type },
    body,
    requestContext: {},
    ...more,
  });

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    '%',
    '%zz',
    '%00',
    '%E0%A4',
    '../..',
    'a\r\nx: y',
    '\u0000',
    '\ud800',
  ),
);
const nastyMap = fc.dictionary(nasty, nasty);

test('any capture, query, header and cookie has an answer', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nastyMap, nastyMap, nasty, async (name, query, headers, cookie) => {
      const result = await get(name, {
        queryStringParameters: query,
        multiValueQueryStringParameters: Object.fromEntries(
          Object.entries(query).map(([key, value]) => [key, [value]]),
        ),
        headers: { ...headers, cookie },
      });
      expect([200, 400]).toContain(result.statusCode);
    }),
    { numRuns: propertyRuns(1000) },
  );
});

test('any body of any type has an answer', async () => {
  const types = [
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    '',
    ';',
    '\u0000',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('/json', '/typed', '/form', '/multipart'),
      fc.oneof(
        nasty,
        fc.json(),
        fc.json({ noUnicodeString: false }).map((text) => text.slice(0, -1)),
      ),
      fc.oneof(fc.constantFrom(...types), nasty),
      fc.boolean(),
      async (path, body, type, isBase64Encoded) => {
        const result = await post(path, body, type, { isBase64Encoded });
        expect([200, 400, 415, 422]).toContain(result.statusCode);
      },
    ),
    { numRuns: propertyRuns(1000) },
  );
});

test('parts of a multipart body come back whatever they hold', async () => {
  const part = fc.tuple(fc.stringMatching(/^[a-z_]{1,8}$/), fc.uint8Array({ maxLength: 200 }));
  await fc.assert(
    fc.asyncProperty(fc.array(part, { maxLength: 5 }), async (parts) => {
      const chunks = parts.flatMap(([name, bytes]) => [
        Buffer.from(`--boundary-7\r\nContent-Disposition: form-data; name="${name}"; filename="f"\r\n\r\n`),
        bytes,
        Buffer.from('\r\n'),
      ]);
      const body = Buffer.concat([...chunks, Buffer.from('--boundary-7--\r\n')]).toString('base64');
      const result = await post('/multipart', body, 'multipart/form-data; boundary=boundary-7', {
        isBase64Encoded: true,
      });
      expect(JSON.parse(result.body)).toEqual(parts.map(([name, bytes]) => [name, bytes.length]));
    }),
    { numRuns: propertyRuns(300) },
  );
});

test('a form comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), async (fields) => {
      const body = new URLSearchParams(fields).toString();
      const result = await post('/form', body, 'application/x-www-form-urlencoded');
      const expected = Object.fromEntries(new URLSearchParams(body));
      expect(JSON.parse(result.body)).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
  );
});

test('JSON comes back as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), async (value) => {
      const text = JSON.stringify(value);
      const result = await post('/json', text);
      expect(JSON.stringify(JSON.parse(result.body).body)).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test('a capture comes back as it was encoded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (name) => {
      const result = await get(encodeURIComponent(name));
      expect(JSON.parse(result.body).name).toBe(name);
    }),
  );
});

test.each(['__proto__', 'constructor', 'prototype', 'hasOwnProperty'])(
  'the key %s changes no prototype',
  async (key) => {
    const body = `{"name":"x","tags":{"${key}":{"polluted":true}},"${key}":{"polluted":true}}`;
    expect((await post('/json', body)).statusCode).toBe(200);
    expect((await post('/typed', body)).statusCode).toBeLessThan(500);
    expect((await post('/form', `${key}=1`, 'application/x-www-form-urlencoded')).statusCode).toBe(200);
    const own = JSON.parse(`{"${key}":"x"}`);
    expect((await get(key, { headers: own, queryStringParameters: own })).statusCode).toBe(200);
  },
);

const url = (path: string) =>
  send({ version: '2.0', rawPath: path, requestContext: { domainName: 'x.lambda-url.y', http: { method: 'GET' } } });
const alb = (path: string) => send({ httpMethod: 'GET', path, headers: {}, requestContext: { elb: {} } });

test.each([url, alb])('names of Object.prototype are paths and variables like others (%#)', async (ask) => {
  expect(await ask('/__proto__/polluted')).toMatchObject({ statusCode: 200, body: '{"got":"polluted"}' });
  expect(await ask('/constructor/x')).toMatchObject({ statusCode: 200, body: '{"got":[["__proto__","x"]]}' });
  for (const path of ['/__proto__', '/constructor', '/toString', '/hasOwnProperty/x', '/prototype/__proto__'])
    expect((await ask(path)).statusCode).toBe(404);
});

test.each([url, alb])('an overlong path is looked up in no time that anyone would notice (%#)', async (ask) => {
  const started = performance.now();
  for (const path of [
    `/${'a'.repeat(1_000_000)}`,
    '/a'.repeat(200_000),
    `/echo/${'%41'.repeat(200_000)}`,
    '/'.repeat(100_000),
  ])
    expect([200, 404]).toContain((await ask(path)).statusCode);
  expect(await ask(`/files${'/a'.repeat(100_000)}`)).toMatchObject({ statusCode: 200, body: '199999' });
  expect(performance.now() - started).toBeLessThan(3000);
});

test.each(['/json', '/typed', '/form', '/multipart'])('what is no UTF-8 is 400 at %s', async (path) => {
  const type = { '/form': 'application/x-www-form-urlencoded', '/multipart': 'multipart/form-data; boundary=x' }[path];
  const head =
    path === '/multipart' ? '--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff\r\n--x--' : 'a=\xff\xfe';
  const body = Buffer.from(head, 'latin1').toString('base64');
  expect((await post(path, body, type, { isBase64Encoded: true })).statusCode).toBe(400);
});

test('a path of 100,000 characters has an answer', async () => {
  expect((await get('x'.repeat(100_000))).statusCode).toBe(200);
  expect((await get('%41'.repeat(100_000))).statusCode).toBe(200);
});

test('a body of 6 MB has an answer, and 6 MB back is too much', async () => {
  const text = JSON.stringify({ name: 'x'.repeat(6_000_000) });
  expect((await post('/typed', text)).statusCode).toBe(200);
  expect((await post('/json', JSON.stringify('"'.repeat(3_000_000)))).statusCode).toBe(500);
});

test('JSON that is nested 100,000 deep has an answer', async () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const [path, body] of [
    ['/json', deep],
    ['/typed', `{"name":"x","tags":{"a":${deep}}}`],
  ] as const) {
    failures.length = 0;
    // Deeper than the stack: read it can be, sent back it cannot.
    expect((await post(path, body)).statusCode).toBe(500);
    expect(failures).toEqual(['The request failed']);
  }
});

test('10,000 headers have an answer', async () => {
  const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`X-Header-${i}`, 'v']));
  expect((await get('x', { headers })).statusCode).toBe(200);
});

test('10,000 parts are refused and 10,000 parameters are not', async () => {
  const part = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n';
  expect((await post('/multipart', `${part.repeat(10_000)}--x--`, 'multipart/form-data; boundary=x')).statusCode).toBe(
    400,
  );
  const query = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, ['v']]));
  expect((await get('x', { multiValueQueryStringParameters: query })).statusCode).toBe(200);
});

test('an origin is echoed only if it is declared', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(nasty, fc.webUrl(), fc.constant('https://a.example')), async (origin) => {
      const { headers } = await get('x', { headers: { origin } });
      const allowed = headers['access-control-allow-origin'];
      expect(allowed).toBe(origin === 'https://a.example' || origin === 'https://b.example' ? origin : undefined);
    }),
  );
});

test.each(['====', 'Zm9v!', '\u0000', 'Zg=g', 'é', '{"a":1}', 'Zm 9v'])('the wrong base64 %j is 400', async (body) => {
  for (const path of ['/json', '/raw', '/form'])
    expect(
      (
        await post(path, body, path === '/form' ? 'application/x-www-form-urlencoded' : 'application/json', {
          isBase64Encoded: true,
        })
      ).statusCode,
    ).toBe(400);
});

test.each(['', 'Zg', 'Zg==', 'Zm9v', '-_-_', '+/+/'])('the base64 %j is right', async (body) => {
  const { body: answer } = await post('/raw', body, 'text/plain', { isBase64Encoded: true });
  expect(JSON.parse(answer)).toEqual({ size: Buffer.from(body, 'base64').length });
});

test('10,000 cookies and a Cookie header of a megabyte have an answer', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `c${i}=v`).join('; ');
  for (const cookie of [many, ';'.repeat(1_000_000), `${'='.repeat(500_000)};a`, '"'.repeat(1_000_000)])
    expect((await get('x', { headers: { cookie } })).statusCode).toBe(200);
});

test.each([
  ['boundary', `multipart/form-data; boundary="${'\\"'.repeat(100_000)}`],
  ['type', `${'a'.repeat(500_000)}+json`],
  ['parameters', `application/json${';a=b'.repeat(200_000)}`],
  ['spaces', `${' '.repeat(500_000)}x`],
])('a Content-Type with endless %s is judged at once', async (_what, type) => {
  const started = performance.now();
  for (const path of ['/json', '/multipart', '/form', '/raw'])
    expect([200, 400, 415]).toContain((await post(path, '{}', type)).statusCode);
  expect(performance.now() - started).toBeLessThan(2000);
});

test('headers and bodies that are no strings have an answer', async () => {
  for (const wrong of [null, 7, true, {}, ['x']]) {
    expect((await get('x', { headers: { 'x-test': wrong, cookie: wrong } })).statusCode).toBeLessThan(600);
    expect((await post('/json', wrong as string)).statusCode).toBeLessThan(600);
    expect((await post('/typed', '{}', wrong as string)).statusCode).toBeLessThan(600);
  }
});
