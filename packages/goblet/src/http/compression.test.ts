import { Readable } from 'node:stream';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { App, compression, NotFound, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';

const long = 'goblet '.repeat(1000);
const app = new App('x', { compression: compression() });
app.get('/long', () => long);
app.get('/short', () => 'short');
app.get('/image', () => reply(200, Buffer.alloc(5000), { headers: { 'content-type': 'image/png' } }));
app.get('/range', () =>
  reply(206, long, { headers: { 'content-type': 'text/plain', 'content-range': 'bytes 0-6999/9000' } }),
);
app.get('/own-vary', () => reply(200, long, { headers: { vary: 'Cookie' } }));
app.get('/bytes', () => reply(200, Buffer.from(long), { headers: { 'content-type': 'text/csv' } }));
app.get('/stream', () => reply(200, Readable.from([long]), { headers: { 'content-type': 'text/csv' } }));
app.get('/json', () => ({ detail: long }));
app.get('/fails', () => {
  throw new NotFound(long);
});
app.get('/moved', () => reply(304, undefined, { headers: { etag: '"1"' } }));
app.get('/encoded', () => reply(200, long, { headers: { 'content-encoding': 'x-own' } }));

const get = (path: string, accept?: string) =>
  testClient(app).get(path, accept === undefined ? {} : { headers: { 'Accept-Encoding': accept } });

test.each([
  ['br', 'br'],
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0.1, gzip;q=0', 'br'],
  ['*;q=0, gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip ; q=1.0', 'gzip'],
  ['br;q=0.5, gzip;q=0.5', 'br'],
  ['identity;q=0.5, gzip', 'gzip'],
  ['br;q=0.001', 'br'],
])('Accept-Encoding: %s is answered in %s', async (accept, encoding) => {
  const { headers, bytes } = await get('/long', accept);
  expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
  expect(String(encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes))).toBe(long);
});

test.each([
  ['/long', undefined],
  ['/long', 'identity'],
  ['/long', 'br;q=0, gzip;q=0'],
  ['/long', 'identity, gzip;q=0.5'],
  ['/long', ''],
  ['/long', 'deflate'],
  ['/long', 'gzip;q=nonsense'],
  ['/short', 'gzip'],
  ['/range', 'gzip'],
  ['/image', 'gzip'],
])('%s is sent as it is to Accept-Encoding: %s', async (path, accept) => {
  expect((await get(path, accept)).headers).not.toHaveProperty('content-encoding');
});

test('what is encoded already stays so', async () => {
  expect(await get('/encoded', 'gzip')).toMatchObject({ headers: { 'content-encoding': 'x-own' }, text: long });
});

test('what is small is encoded where the client takes nothing else', async () => {
  expect((await get('/short', 'gzip, identity;q=0')).headers).toMatchObject({ 'content-encoding': 'gzip' });
  expect((await get('/short', 'gzip, *;q=0')).headers).toMatchObject({ 'content-encoding': 'gzip' });
});

test('what cannot be encoded as the client asks is sent as it is', async () => {
  expect(await get('/long', 'identity;q=0')).toMatchObject({ status: 200, text: long });
});

test.each(['/bytes', '/stream'])('%s is encoded too', async (path) => {
  const { headers, bytes } = await get(path, 'gzip');
  expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
  expect(String(gunzipSync(bytes))).toBe(long);
});

test('JSON and problem documents are encoded too', async () => {
  const event = { path: '/', httpMethod: 'GET', requestContext: {}, headers: { 'accept-encoding': 'gzip' } };
  for (const resource of ['/json', '/fails']) {
    const result = await lambdaHandler(app)({ ...event, resource }, {} as LambdaContext);
    const {
      headers,
      body = '',
      isBase64Encoded,
    } = result as { headers: object; body?: string; isBase64Encoded: boolean };
    expect({ headers, isBase64Encoded }).toMatchObject({
      headers: { 'content-encoding': 'gzip' },
      isBase64Encoded: true,
    });
    expect(JSON.parse(String(gunzipSync(Buffer.from(body, 'base64'))))).toMatchObject({ detail: long });
  }
});

test('Vary keeps what the handler set, and is there for what is sent as it is', async () => {
  expect((await get('/own-vary', 'gzip')).headers.vary).toBe('Cookie, Accept-Encoding');
  expect((await get('/long')).headers.vary).toBe('Accept-Encoding');
  expect((await get('/image', 'gzip')).headers).not.toHaveProperty('vary');
});

test('HEAD has the headers of GET', async () => {
  const init = { headers: { 'Accept-Encoding': 'br' } };
  await using client = testClient(app);
  const { headers, bytes } = await client.head('/long', init);
  expect({ ...headers }).toEqual({ ...(await client.get('/long', init)).headers });
  expect(bytes.length).toBe(0);
});

test('no body is not encoded', async () => {
  expect(await get('/moved', 'gzip, identity;q=0')).toMatchObject({ status: 304, text: '' });
  expect((await get('/moved', 'gzip, identity;q=0')).headers).not.toHaveProperty('content-encoding');
});

test('the least size is an option', async () => {
  const small = new App('x', { compression: compression({ minimumSize: 0 }) });
  small.get('/', () => 'short');
  const { headers } = await testClient(small).get('/', { headers: { 'accept-encoding': 'gzip' } });
  expect(headers['content-encoding']).toBe('gzip');
});

test.each(['br', 'gzip'])(
  'the test client reads what came in %s, as clients do, and keeps the bytes that were sent',
  async (accept) => {
    const response = await get('/json', accept);
    expect(response.headers['content-encoding']).toBe(accept);
    expect(response.body).toEqual({ detail: long });
    expect(JSON.parse(response.text)).toEqual({ detail: long });
    expect(response.bytes.length).toBeLessThan(long.length / 10);
    expect((await get('/bytes', accept)).body).toBe(long);
    const fetched = await testClient(app).fetch('/json', { headers: { 'accept-encoding': accept } });
    expect(await fetched.json()).toEqual({ detail: long });
  },
);

test('bytes that are not in the encoding that they claim are given as they are', async () => {
  const claims = new App('x');
  claims.get('/', () =>
    reply(200, 'plain', { headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' } }),
  );
  expect((await testClient(claims).get('/')).body).toEqual(new Uint8Array(Buffer.from('plain')));
});
