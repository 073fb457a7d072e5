import { connect, constants, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import { connectRaw } from '../../../../tests/processes/raw-connection.js';
import type { HttpResponse } from '../core/http.js';
import { type GatewayOptions, startGateway } from './server.js';

const said = (status: number, body: HttpResponse['body'] = ''): HttpResponse => ({ status, headers: [], body });

/** A gateway whose calls are answered with how long their bodies are, and a client of it that speaks HTTP/2. */
async function gateway(options: Partial<GatewayOptions> = {}) {
  const failures: unknown[] = [];
  const { port, close } = await startGateway({
    host: '127.0.0.1',
    port: 0,
    fronts: [],
    isServiceHost: () => false,
    awsCall: async (_head, body) => said(200, `${(await body.hold(100_000)).length} bytes`),
    health: () => ({ ok: true }),
    onFailure: (_what, error) => failures.push(error),
    ...options,
  });
  onTestFinished(close);
  const endpoint = `http://127.0.0.1:${port}`;
  const session = connect(endpoint);
  session.on('error', () => {});
  onTestFinished(() => session.destroy());

  /** Sends a request; its body is left open where `end` is false. */
  function send(headers: OutgoingHttpHeaders, body = '', end = true) {
    const stream = session.request({ ':method': 'POST', ':path': '/', ...headers }, { endStream: end && body === '' });
    let code: number | undefined;
    const answered = new Promise<{ status: number | undefined; text: string; headers: IncomingHttpHeaders }>(
      (resolve, reject) => {
        let head: IncomingHttpHeaders & { ':status'?: number } = {};
        let text = '';
        stream.on('response', (response) => {
          head = response;
        });
        stream.setEncoding('utf8');
        stream.on('data', (chunk: string) => {
          text += chunk;
        });
        stream.on('end', () => resolve({ status: head[':status'], text, headers: head }));
        stream.on('error', reject);
      },
    );
    answered.catch(() => {});
    const closed = new Promise<number | undefined>((resolve) => {
      stream.on('close', () => {
        code = stream.rstCode;
        resolve(code);
      });
    });
    if (body !== '') stream.write(body);
    if (end && body !== '') stream.end();
    return { answered, closed, stream };
  }
  return { endpoint, failures, session, send };
}

test('a client that knows it speaks HTTP/2 is answered in HTTP/2, on the port of HTTP/1.1', async () => {
  const { endpoint, send } = await gateway();
  expect(await send({}, 'hello').answered).toMatchObject({ status: 200, text: '5 bytes' });
  const response = await fetch(endpoint, { method: 'POST', body: 'hello' });
  expect(await response.text()).toBe('5 bytes');
});

test('several requests of one connection are answered side by side', async () => {
  const { send } = await gateway();
  const answers = await Promise.all(['a', 'bb', 'ccc'].map((body) => send({}, body).answered));
  expect(answers.map(({ text }) => text)).toEqual(['1 bytes', '2 bytes', '3 bytes']);
});

/** The frame by which a server says that it has the client's settings: of type 4, with the flag 1, of no stream. */
const GOT_SETTINGS = new RegExp(String.fromCharCode(0, 0, 0, 4, 1, 0, 0, 0, 0));

test('a preface that comes in pieces is known all the same', async () => {
  const { endpoint } = await gateway();
  using connection = await connectRaw(endpoint);
  connection.send('PRI * HTTP');
  connection.send('/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0');
  expect(await connection.until(GOT_SETTINGS)).not.toContain('HTTP/1.1');
});

test('the authority is the Host, by which foreign names are refused', async () => {
  const { send } = await gateway();
  expect(await send({ ':authority': 'evil.example' }).answered).toMatchObject({ status: 403 });
});

test.each([
  ['a Host that is not the authority', { ':authority': '127.0.0.1', host: 'evil.example' }, 400],
  ['a target that is no path', { ':method': 'OPTIONS', ':path': '*' }, 400],
  ['the origin of a page', { origin: 'http://evil.example' }, 403],
  ['the site of a tab', { 'sec-fetch-site': 'cross-site' }, 403],
])('a request with %s is refused before its body has come, and its client is told to stop', async (_, head, status) => {
  const { send } = await gateway({ awsCall: () => Promise.reject(new Error('not asked for')) });
  const { answered, closed } = send({ 'content-length': '950000000', ...head }, 'a', false);
  expect((await answered).status).toBe(status);
  expect(await closed).toBe(constants.NGHTTP2_NO_ERROR);
});

test('a refused request does not end the connection of the others', async () => {
  const { send } = await gateway();
  expect((await send({ origin: 'http://evil.example' }, 'a', false).answered).status).toBe(403);
  expect((await send({}, 'ok').answered).text).toBe('2 bytes');
});

test.each([
  ['whose length says so', { 'content-length': '100001' }, 'x'],
  ['whose length is not said', {}, 'x'.repeat(150_000)],
])('a body over the limit %s gets its 413', async (_, headers, body) => {
  const { send } = await gateway();
  expect((await send(headers, body, false).answered).status).toBe(413);
});

test('a body of the limit is taken', async () => {
  const { send } = await gateway();
  expect((await send({}, 'x'.repeat(100_000)).answered).text).toBe('100000 bytes');
});

test('a body of which nothing comes is ended', async () => {
  const { send } = await gateway({ timeouts: { silence: 50 } });
  expect((await send({ 'content-length': '10' }, 'hell', false).answered).status).toBe(408);
});

test('a streamed body of which nothing comes is ended', async () => {
  const awsCall: GatewayOptions['awsCall'] = async (_head, body) => {
    for await (const _ of body.stream()) {
      // Nothing is done with it.
    }
    return said(200);
  };
  const { send } = await gateway({ timeouts: { silence: 50 }, awsCall });
  expect((await send({}, 'hell', false).answered).status).toBe(408);
});

test('a client that says nothing, or only the half of a preface, is ended', async () => {
  const { endpoint } = await gateway({ timeouts: { headers: 50 } });
  using silent = await connectRaw(endpoint);
  using half = await connectRaw(endpoint);
  half.send('PRI * ');
  expect([await silent.closed(), await half.closed()]).toEqual(['', '']);
});

test('a connection that has no request is ended, whatever else comes', async () => {
  const { session } = await gateway({ timeouts: { idle: 100 } });
  const pings = setInterval(() => !session.destroyed && session.ping(() => {}), 10);
  onTestFinished(() => clearInterval(pings));
  await new Promise((resolve) => session.once('close', resolve));
  expect(session.destroyed).toBe(true);
});

test('headers that are larger than those of HTTP/1.1 may be are refused', async () => {
  const { send } = await gateway();
  expect((await send({ 'x-large': 'x'.repeat(30_000) }).answered).status).toBe(431);
});

test('a client that goes away in the middle of its body is no failure', async () => {
  let begun = () => {};
  const reading = new Promise<void>((resolve) => {
    begun = resolve;
  });
  let ended: Promise<unknown> | undefined;
  const { send, failures } = await gateway({
    awsCall: async (_head, body) => {
      const held = body.hold(1_000);
      ended = held.catch(() => {});
      begun();
      return said(200, `${(await held).length}`);
    },
  });
  const { stream } = send({ 'content-length': '10' }, 'hell', false);
  await reading;
  stream.close(constants.NGHTTP2_CANCEL);
  await ended;
  expect(failures).toEqual([]);
});

test('an answer that is streamed comes piece by piece, and its source learns when the client goes', async () => {
  let gone = () => {};
  const left = new Promise<void>((resolve) => {
    gone = resolve;
  });
  async function* pieces(signal: AbortSignal) {
    yield Buffer.from('first');
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    gone();
  }
  const { send } = await gateway({ awsCall: async ({ signal }) => said(200, pieces(signal)) });
  const { stream } = send({});
  await new Promise<void>((resolve) => stream.once('data', () => resolve()));
  stream.close(constants.NGHTTP2_CANCEL);
  await left;
});

test('what is about the connection alone does not leave in HTTP/2', async () => {
  const headers = [
    ['connection', 'close'],
    ['x-a', '1'],
    ['x-a', '2'],
  ] as const;
  const { send } = await gateway({ awsCall: async () => ({ status: 200, headers, body: 'ok' }) });
  const answer = await send({}).answered;
  expect(answer.headers).not.toHaveProperty('connection');
  expect(answer.headers['x-a']).toBe('1, 2');
});
