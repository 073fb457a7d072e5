import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import type { LambdaContext } from '../declare/route-types.js';
import { App, defineError, NotFound, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { type Gateway, testClient } from '../testing.js';

type Result = { statusCode: number; headers: Record<string, string>; body: string; isBase64Encoded?: boolean };
const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 1000 } as LambdaContext;
const event = { resource: '/', path: '/', httpMethod: 'GET', requestContext: {} };

afterEach(() => {
  vi.useRealTimers();
});

/** What an app answers whose one route does this, and what it logs. */
async function answerTo(handler: () => unknown) {
  const app = new App('x');
  app.get('/', handler);
  await using client = testClient(app);
  const response = await client.get('/');
  return { ...response, logs: client.logs };
}

class Circular {
  readonly self = this;
}
type Settle = (value: unknown) => void;
/** What `await` takes, though its `then` gives no promise on. */
const thenable = (then: (done: Settle, no: Settle) => void) => Object.fromEntries([['then', then]]);
const throwing = {
  get a(): never {
    throw new Error('secret');
  },
};

describe('a value has one outcome', () => {
  test.each<[string, () => unknown, string]>([
    ['a date in an object', () => ({ at: new Date(0) }), '{"at":"1970-01-01T00:00:00.000Z"}'],
    ['a date', () => new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['a Map', () => new Map([['a', 1]]), '{}'],
    ['a Set', () => new Set([1]), '{}'],
    ['NaN', () => Number.NaN, 'null'],
    ['Infinity', () => [Number.POSITIVE_INFINITY], '[null]'],
    ['a sparse array', () => Object.assign(new Array(2), { 0: 1, 2: 3 }), '[1,null,3]'],
    ['undefined in an array', () => [undefined], '[null]'],
    ['a function in an object', () => ({ a: () => 1, b: 2 }), '{"b":2}'],
    ['toJSON', () => ({ toJSON: () => ({ a: 1 }) }), '{"a":1}'],
    ['a key __proto__', () => JSON.parse('{"__proto__":{"a":1}}'), '{"__proto__":{"a":1}}'],
    ['zero', () => 0, '0'],
    ['false', () => false, 'false'],
    ['null', () => null, 'null'],
    ['a thenable', () => thenable((done) => done({ a: 1 })), '{"a":1}'],
  ])('%s', async (_name, handler, text) => {
    expect(await answerTo(handler)).toMatchObject({
      status: 200,
      text,
      headers: { 'content-type': 'application/json' },
    });
  });

  test.each<[string, () => unknown]>([
    ['a BigInt', () => 1n],
    ['a BigInt in an object', () => ({ a: 1n })],
    ['a cycle', () => new Circular()],
    ['a getter that throws', () => throwing],
    ['toJSON that throws', () => ({ toJSON: () => throwing.a })],
    ['toJSON that gives nothing', () => ({ toJSON: () => undefined })],
    ['a symbol', () => Symbol('secret')],
    ['a function', () => () => 'secret'],
    ['a getter `then` that throws', () => Object.defineProperty({}, 'then', { get: () => throwing.a })],
    ['a proxy that throws', () => new Proxy({}, { get: () => throwing.a, ownKeys: () => throwing.a })],
    ['a Web response that failed', () => Response.error()],
    [
      'a Web response that was read',
      async () => {
        const read = new Response('x');
        await read.text();
        return read;
      },
    ],
    ['a status that is none', () => reply(99)],
    ['a status that is no integer', () => reply(200.5)],
    ['a status that is no number', () => reply('200' as never)],
    ['an informational status', () => reply(101)],
    ['a header name with a space', () => reply(200, 'x', { headers: { 'a b': 'x' } })],
    ['an empty header name', () => reply(200, 'x', { headers: { '': 'x' } })],
    ['a header named __proto__', () => reply(200, 'x', { headers: JSON.parse('{"__PROTO__":["x"]}') })],
    ['a header with a line break', () => reply(200, 'x', { headers: { a: 'x\r\nset-cookie: stolen=1' } })],
    ['a header with a line feed in a list', () => reply(200, 'x', { headers: { a: ['x', 'y\nz'] } })],
    ['a header with a null', () => reply(200, 'x', { headers: { a: '\0' } })],
    ['a header that is no Latin-1', () => reply(200, 'x', { headers: { a: '世界' } })],
    ['a cookie with a line break', () => reply(200, 'x', { cookies: ['a=1\r\nb: c'] })],
    [
      'a stream that fails at once',
      () =>
        Readable.from(
          (async function* () {
            yield throwing.a;
          })(),
        ),
    ],
    [
      'a stream that fails midway',
      () =>
        Readable.from(
          (async function* () {
            yield 'a';
            yield throwing.a;
          })(),
        ),
    ],
    ['a stream that was destroyed', () => Readable.from(['a']).destroy()],
    ['a file that is not there', () => createReadStream('/nowhere/at/all')],
    ['a stream of objects', () => Readable.from([{ a: 1 }])],
    [
      'a locked Web stream',
      () => {
        const stream = new Blob(['a']).stream();
        stream.getReader();
        return stream;
      },
    ],
    [
      'a stream without an end',
      () =>
        (async function* () {
          for (;;) yield 'x'.repeat(1_000_000);
        })(),
    ],
    ['7 MB of text', () => 'x'.repeat(7_000_000)],
    ['5 MB of bytes, which base64 makes larger', () => new Uint8Array(5_000_000)],
    ['3 MB of quotes, which JSON makes larger', () => '"'.repeat(3_200_000)],
    [
      'nothing thrown',
      () => {
        throw undefined;
      },
    ],
    [
      'null thrown',
      () => {
        throw null;
      },
    ],
    [
      'a symbol thrown',
      () => {
        throw Symbol('secret');
      },
    ],
    [
      'a proxy thrown',
      () => {
        throw new Proxy({}, { get: () => throwing.a });
      },
    ],
    ['a rejection without a reason', () => Promise.reject()],
    [
      'a rejection that throws to be read',
      () => Promise.reject(Object.defineProperty({}, 'code', { get: () => throwing.a })),
    ],
    ['a thenable that rejects', () => thenable((_, no) => no(new Error('secret')))],
  ])('%s is a bare 500 and a line in the log', async (_name, handler) => {
    const { status, headers, body, text, logs } = await answerTo(handler);
    expect({ status, type: headers['content-type'] }).toEqual({ status: 500, type: 'application/problem+json' });
    expect(body).toEqual({
      title: 'Internal server error',
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      requestId: expect.any(String),
    });
    expect(text).not.toContain('secret');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(logs.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(logs[0]).toMatchObject({ message: 'The request failed', route: 'GET /', requestId: expect.any(String) });
  });
});

describe('headers', () => {
  const sent = async (options: Parameters<typeof reply>[2], gateway: Gateway = 'rest') => {
    const app = new App('x', { alsoBehind: ['url', 'alb'] });
    app.get('/', () => reply(200, 'x', options));
    return testClient(app, { gateway }).get('/');
  };

  test('numbers are texts, lists are several values, and what is undefined or an empty list is not sent', async () => {
    const headers = { N: 7, List: ['a', 'b'], None: undefined as never, Empty: [], Blank: '' };
    for (const gateway of ['rest', 'http', 'url', 'alb'] as const) {
      const received = (await sent({ headers }, gateway)).headers;
      expect({ ...received }).toEqual({ n: '7', list: 'a, b', blank: '', 'content-type': 'text/plain; charset=utf-8' });
    }
  });

  test('Set-Cookie among the headers joins the cookies, and is never joined by commas', async () => {
    for (const gateway of ['rest', 'http', 'url', 'alb'] as const) {
      const { cookies } = await sent({ headers: { 'Set-Cookie': ['a=1', 'b=2'] }, cookies: ['c=3'] }, gateway);
      expect([...cookies].sort()).toEqual(['a=1', 'b=2', 'c=3']);
      expect((await sent({ headers: { 'set-cookie': 'a=1' } }, gateway)).cookies).toEqual(['a=1']);
    }
  });

  test('Latin-1 and tabs pass', async () => {
    expect((await sent({ headers: { a: 'é\tb' } })).headers.a).toBe('é\tb');
  });

  test('input that a handler puts into a header cannot end it', async () => {
    const app = new App('x');
    app.get('/', ({ query }) => reply(200, 'x', { headers: { 'x-echo': query.q ?? '' } }));
    await using client = testClient(app);
    const { status, headers, cookies } = await client.get('/?q=a%0d%0aset-cookie:%20stolen=1');
    expect({ status, cookies, echo: headers['x-echo'] }).toEqual({ status: 500, cookies: [], echo: undefined });
  });
});

describe('a Web response', () => {
  test.each([false, true])('keeps status, headers, cookies and body (with middleware: %s)', async (wrapped) => {
    const app = new App('x');
    if (wrapped) app.use((_request, next) => next());
    app.get('/', () => {
      const response = Response.json({ web: true }, { status: 202, headers: { 'x-a': 'é' } });
      response.headers.append('set-cookie', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
      response.headers.append('set-cookie', 'b=2');
      return response;
    });
    expect(await testClient(app).get('/')).toMatchObject({
      status: 202,
      headers: { 'x-a': 'é', 'content-type': 'application/json' },
      cookies: ['a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'b=2'],
      body: { web: true },
    });
  });

  test('without a body sends none, and no Content-Type', async () => {
    const { status, headers, bytes } = await answerTo(
      () => new Response(null, { status: 302, headers: { location: '/' } }),
    );
    expect({ status, headers: { ...headers }, size: bytes.length }).toEqual({
      status: 302,
      headers: { location: '/' },
      size: 0,
    });
  });

  test('of a stream is sent whole', async () => {
    expect(await answerTo(() => new Response(new Blob(['a', 'b']).stream()))).toMatchObject({
      headers: { 'content-type': 'application/octet-stream' },
      bytes: Buffer.from('ab'),
    });
  });

  test('that was fetched does not claim the encoding that fetch took off', async () => {
    const server = createServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.setHeader('x-upstream', '1');
      response.end(gzipSync('hello'));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    try {
      const { port } = server.address() as { port: number };
      const { headers, bytes } = await answerTo(() => fetch(`http://127.0.0.1:${port}/`));
      expect(bytes).toEqual(Buffer.from('hello'));
      expect(headers).toMatchObject({ 'x-upstream': '1' });
      expect(headers).not.toHaveProperty('content-encoding');
      expect(headers).not.toHaveProperty('content-length');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

describe('no body', () => {
  test.each([204, 205, 304])('%d never carries one', async (status) => {
    expect(await answerTo(() => reply(status, 'body'))).toMatchObject({ status, text: '' });
  });

  test('nothing is 204, and the status of the route where it has one', async () => {
    const app = new App('x');
    app.get('/', () => undefined);
    app.post('/', { status: 202 }, async () => undefined);
    await using client = testClient(app);
    expect(await client.get('/')).toMatchObject({ status: 204, text: '' });
    expect(await client.post('/')).toMatchObject({ status: 202, text: '' });
  });

  test('nothing under a response schema does not match', async () => {
    const app = new App('x');
    app.get('/', { response: z.object({ a: z.number() }) }, () => undefined as never);
    expect((await testClient(app).get('/')).status).toBe(500);
  });
});

describe('the result', () => {
  test('of 6 MB but a little passes', async () => {
    const { status, bytes } = await answerTo(() => 'x'.repeat(6_291_000));
    expect({ status, size: bytes.length }).toEqual({ status: 200, size: 6_291_000 });
  });

  test('of over 1 MB is more than an ALB takes', async () => {
    const app = new App('x', { alsoBehind: ['alb'] });
    app.get('/{size}', ({ params }) => '"'.repeat(Number(params.size)));
    await using client = testClient(app, { gateway: 'alb' });
    expect((await client.get('/500000')).status).toBe(200);
    expect((await client.get('/550000')).status).toBe(500);
    expect(client.logs).toMatchObject([{ error: { message: expect.stringContaining('GOBLET_RESULT_TOO_LARGE') } }]);
  });

  test('of an app whose logger fails is a 500 without a body', async () => {
    const fails = () => throwing.a;
    const app = new App('x', { logger: { debug: fails, info: fails, warn: fails, error: fails } });
    app.get('/', () => throwing.a);
    expect(await lambdaHandler(app)(event, context)).toEqual({ statusCode: 500, headers: {}, body: '' });
  });

  test.each([
    ['answers a 503', () => reply(503, 'later'), 503],
    ['fails', () => throwing.a, 500],
    ['answers what cannot be sent', () => reply(99), 500],
  ])('of an error listener that %s leaves the error in the log', async (_how, listener, status) => {
    const Gone = defineError('GONE_FOR_GOOD', 410, 'Gone');
    const app = new App('x');
    app.get('/', () => {
      throw new Gone('the first error');
    });
    app.onError(listener);
    await using client = testClient(app);
    expect((await client.get('/')).status).toBe(status);
    expect(client.logs).toContainEqual(expect.objectContaining({ level: 'error', error: expect.any(Gone) }));
  });

  test('of an error listener that answers a 4xx needs no line', async () => {
    const app = new App('x');
    app.get('/', () => {
      throw new NotFound();
    });
    app.onError(() => reply(410));
    await using client = testClient(app);
    expect((await client.get('/')).status).toBe(410);
    expect(client.logs).toEqual([]);
  });
});

describe('the signal', () => {
  const signalled = () => {
    const signals: AbortSignal[] = [];
    const app = new App('x', { logger: { debug() {}, info() {}, warn() {}, error() {} } });
    app.get('/', ({ signal }) => {
      signals.push(signal);
      return 'ok';
    });
    app.get('/fails', ({ signal }) => {
      signals.push(signal);
      throw new Error('why');
    });
    return { signals, handler: lambdaHandler(app) };
  };

  test('aborts half a second before the time is up, or after nine tenths of a short time', async () => {
    vi.useFakeTimers();
    const app = new App('x', { logger: { debug() {}, info() {}, warn() {}, error() {} } });
    app.get(
      '/',
      ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    );
    app.onError((error) => reply(503, (error as Error).name));
    for (const [time, delay] of [
      [10_000, 9_500],
      [1000, 900],
    ] as const) {
      const answer = lambdaHandler(app)(event, { ...context, getRemainingTimeInMillis: () => time });
      let done = false;
      void answer.then(() => {
        done = true;
      });
      await vi.advanceTimersByTimeAsync(delay - 1);
      expect(done).toBe(false);
      await vi.advanceTimersByTimeAsync(1);
      expect(await answer).toMatchObject({ statusCode: 503, body: 'TimeoutError' });
    }
  });

  test('never aborts once its request is answered, and leaves no timer', async () => {
    vi.useFakeTimers();
    const { signals, handler } = signalled();
    for (const resource of ['/', '/fails', '/']) await handler({ ...event, resource }, context);
    expect(vi.getTimerCount()).toBe(0);
    await vi.advanceTimersByTimeAsync(2000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false]);
    expect(new Set(signals).size).toBe(3);
  });

  test('is there without a context that knows the time', async () => {
    const { signals, handler } = signalled();
    await handler(event, undefined as never);
    await later(5);
    expect(signals[0]?.aborted).toBe(false);
  });

  test('that nobody reads sets no timer', async () => {
    vi.useFakeTimers();
    const app = new App('x');
    app.get('/', () => 'ok');
    await lambdaHandler(app)(event, context);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test.each(['rest', 'http', 'http-1.0', 'url', 'alb-multi', 'alb-single'])(
  'half a surrogate pair in a text, which UTF-8 cannot say, is sent as U+FFFD behind %s',
  async (kind) => {
    const app = new App('x', { alsoBehind: ['url', 'alb'] });
    app.post('/users/{name}/{rest+}', () => 'a\ud800b\ud83d\ude00');
    const given = JSON.parse(readFileSync(new URL(`fixtures/${kind}.json`, import.meta.url), 'utf8'));
    expect(await lambdaHandler(app)(given, context)).toMatchObject({ statusCode: 200, body: 'a\ufffdb\ud83d\ude00' });
  },
);

test('a result that is ready at once is one, and not a promise of it', async () => {
  const app = new App('x');
  app.get('/', () => ({ a: 1 }));
  expect((await lambdaHandler(app)(event, context)) as Result).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"a":1}',
  });
});
