import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { App, compression, reply } from './index.js';
import { testClient } from './testing.js';

const long = 'goblet '.repeat(1000);
const app = new App('x', { compression: compression() });
app.get('/long', () => long);
app.get('/short', () => 'short');
app.get('/image', () => reply(200, Buffer.alloc(5000), { headers: { 'content-type': 'image/png' } }));
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
])('Accept-Encoding: %s is answered in %s', async (accept, encoding) => {
  const { headers, bytes } = await get('/long', accept);
  expect(headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
  expect(String(encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes))).toBe(long);
});

test.each([
  ['/long', undefined],
  ['/long', 'identity'],
  ['/long', 'br;q=0, gzip;q=0'],
  ['/short', 'gzip'],
  ['/image', 'gzip'],
])('%s is sent as it is to Accept-Encoding: %s', async (path, accept) => {
  expect((await get(path, accept)).headers).not.toHaveProperty('content-encoding');
});

test('what is encoded already stays so', async () => {
  expect(await get('/encoded', 'gzip')).toMatchObject({ headers: { 'content-encoding': 'x-own' }, text: long });
});
