import { request as httpRequest } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { answerTo, connectRaw } from '../../../../tests/processes/raw-connection.js';
import type { HttpResponse } from '../core/http.js';
import { type GatewayOptions, startGateway } from './server.js';

const said = (status: number, body = ''): HttpResponse => ({ status, headers: [], body });

/** A gateway whose calls are answered with how long their bodies are. */
async function gateway(options: Partial<GatewayOptions> = {}) {
  const failures: unknown[] = [];
  const { port, close } = await startGateway({
    host: '127.0.0.1',
    port: 0,
    fronts: [],
    isServiceHost: (name) => name === 'sqs.eu-west-1.amazonaws.com',
    awsCall: async (_head, body) => said(200, `${(await body.hold(100_000)).length} bytes`),
    health: () => ({ ok: true }),
    onFailure: (_what, error) => failures.push(error),
    ...options,
  });
  onTestFinished(close);
  return { endpoint: `http://127.0.0.1:${port}`, failures };
}

const head = (...lines: string[]): string => `${['POST / HTTP/1.1', ...lines].join('\r\n')}\r\n\r\n`;
const LARGE = 'content-length: 950000000';

test.each([
  ['Host: evil.example', 'Host: 127.0.0.1'],
  ['Host: 127.0.0.1', 'Host: evil.example'],
  ['Host: 127.0.0.1', 'host: 127.0.0.1'],
])('a request with the headers "%s" and "%s" is malformed', async (...hosts) => {
  const { endpoint } = await gateway();
  expect(await answerTo(endpoint, head(...hosts))).toBe('HTTP/1.1 400 Bad Request');
});

test('a second Host behind thousands of headers is seen', async () => {
  const { endpoint } = await gateway();
  const many = Array.from({ length: 2_500 }, () => 'a:');
  expect(await answerTo(endpoint, head('Host: 127.0.0.1', ...many, 'Host: evil.example'))).toBe(
    'HTTP/1.1 400 Bad Request',
  );
});

test('a target that is no path is malformed', async () => {
  const { endpoint } = await gateway();
  const request = 'GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  expect(await answerTo(endpoint, request)).toBe('HTTP/1.1 400 Bad Request');
});

test.each([
  ['comes from a page', '403 Forbidden', ['Host: 127.0.0.1', 'Origin: http://evil.example']],
  ['comes from a tab', '403 Forbidden', ['Host: 127.0.0.1', 'Sec-Fetch-Site: cross-site']],
  ['is for another host', '403 Forbidden', ['Host: evil.example']],
  ['has two hosts', '400 Bad Request', ['Host: 127.0.0.1', 'Host: 127.0.0.1']],
])('a request that %s is answered before a byte of its body has come, and closed', async (_, status, lines) => {
  const { endpoint } = await gateway({ awsCall: () => Promise.reject(new Error('not asked for')) });
  using connection = await connectRaw(endpoint);
  connection.send(head(...lines, LARGE));
  const answer = await connection.until(/\}$/);
  expect(answer).toContain(`HTTP/1.1 ${status}\r\n`);
  expect(answer).toContain('connection: close');
});

test('who sends a large body on and on gets the refusal all the same', async () => {
  const { endpoint } = await gateway();
  const headers = { origin: 'http://evil.example' };
  const response = await fetch(endpoint, { method: 'POST', headers, body: new Uint8Array(20_000_000) });
  expect(response.status).toBe(403);
});

test('a short body that is refused does not end its connection', async () => {
  const { endpoint } = await gateway();
  using connection = await connectRaw(endpoint);
  const refused = head('Host: 127.0.0.1', 'Origin: http://evil.example', 'content-length: 5');
  connection.send(`${refused}hello${head('Host: 127.0.0.1', 'content-length: 2')}ok`);
  expect(await connection.until(/2 bytes/)).toMatch(/^HTTP\/1\.1 403 [\s\S]*HTTP\/1\.1 200 /);
});

test.each([
  ['whose length says so', 'content-length: 100001', ''],
  ['in chunks', 'transfer-encoding: chunked', `${(200_000).toString(16)}\r\n${'x'.repeat(200_000)}\r\n`],
])('a body over the limit %s gets its 413', async (_, line, body) => {
  const { endpoint } = await gateway();
  using connection = await connectRaw(endpoint);
  connection.send(head('Host: 127.0.0.1', line));
  connection.send(body);
  expect(await connection.until(/\}$/)).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/);
});

test('a body of the limit is taken', async () => {
  const { endpoint } = await gateway();
  const response = await fetch(endpoint, { method: 'POST', body: new Uint8Array(100_000) });
  expect(await response.text()).toBe('100000 bytes');
});

test('a front is told of a body that is larger than it takes', async () => {
  const front = {
    maxBody: 1_000,
    matches: () => true,
    handle: async ({ body, bodyTooLarge = false }: { body: Uint8Array; bodyTooLarge?: boolean }) =>
      said(bodyTooLarge ? 413 : 200, `${body.length} bytes`),
  };
  const { endpoint } = await gateway({ fronts: [front] });
  const statuses = [];
  for (const size of [1_000, 1_001, 5_000_000]) {
    statuses.push((await fetch(endpoint, { method: 'POST', body: new Uint8Array(size) })).status);
  }
  expect(statuses).toEqual([200, 413, 413]);
});

test('a body of which nothing comes is ended', async () => {
  const { endpoint } = await gateway({ timeouts: { silence: 50 } });
  using connection = await connectRaw(endpoint);
  connection.send(`${head('Host: 127.0.0.1', 'content-length: 10')}hell`);
  expect(await connection.until(/\}$/)).toMatch(/^HTTP\/1\.1 408 [\s\S]*connection: close/);
});

test('a streamed body of which nothing comes is ended', async () => {
  const read = async (body: Parameters<GatewayOptions['awsCall']>[1]) => {
    for await (const _ of body.stream()) {
      // Nothing is done with it.
    }
    return said(200);
  };
  const { endpoint } = await gateway({ timeouts: { silence: 50 }, awsCall: (_head, body) => read(body) });
  using connection = await connectRaw(endpoint);
  connection.send(`${head('Host: 127.0.0.1', 'content-length: 10')}hell`);
  expect(await connection.until(/\}$/)).toMatch(/^HTTP\/1\.1 408 /);
});

test('headers that never end are ended', async () => {
  const { endpoint } = await gateway({ timeouts: { headers: 100 } });
  using connection = await connectRaw(endpoint);
  connection.send('POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nx-a: ');
  expect(await connection.closed()).toMatch(/^HTTP\/1\.1 408 /);
});

test('a client that waits to be asked for its body is asked only if it is read', async () => {
  const { endpoint } = await gateway();
  const ask = (headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; asked: boolean }>((resolve, reject) => {
      let asked = false;
      const sent = httpRequest(endpoint, {
        method: 'POST',
        headers: { expect: '100-continue', 'content-length': '5', ...headers },
      });
      sent.on('continue', () => {
        asked = true;
        sent.end('hello');
      });
      sent.on('response', (response) => {
        response.resume();
        resolve({ status: response.statusCode, asked });
        sent.destroy();
      });
      sent.on('error', reject);
      sent.flushHeaders();
    });
  expect(await ask({})).toEqual({ status: 200, asked: true });
  expect(await ask({ origin: 'http://evil.example' })).toEqual({ status: 403, asked: false });
});

test("the health page is not at AWS's names, over which a browser would not say that it is one", async () => {
  const { endpoint } = await gateway();
  const get = (host: string) => answerTo(endpoint, `GET /_goblet/health HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
  expect(await get('127.0.0.1')).toBe('HTTP/1.1 200 OK');
  using connection = await connectRaw(endpoint);
  connection.send('GET /_goblet/health HTTP/1.1\r\nHost: sqs.eu-west-1.amazonaws.com\r\n\r\n');
  expect(await connection.until(/0 bytes/)).not.toContain('ok');
});

test('a client that goes away in the middle of its body is no failure', async () => {
  let begun = () => {};
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let ended: Promise<unknown> | undefined;
  const { endpoint, failures } = await gateway({
    awsCall: async (_head, body) => {
      const held = body.hold(1_000);
      ended = held.catch(() => {});
      begun();
      return said(200, `${(await held).length}`);
    },
  });
  const connection = await connectRaw(endpoint);
  connection.send(`${head('Host: 127.0.0.1', 'content-length: 10')}hell`);
  await reading;
  connection[Symbol.dispose]();
  await ended;
  expect(failures).toEqual([]);
});
