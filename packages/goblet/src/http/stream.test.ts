import { createReadStream } from 'node:fs';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import type { LambdaContext } from '../declare/route-types.js';
import { App, compression, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import { testClient } from '../testing.js';

const context = { awsRequestId: 'r' } as LambdaContext;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

const ended: string[] = [];
const logged: unknown[] = [];

/** A generator that says when it is ended. */
async function* told(name: string, ...chunks: (string | Error)[]) {
  try {
    for (const chunk of chunks) {
      if (chunk instanceof Error) throw chunk;
      yield chunk;
    }
  } finally {
    ended.push(name);
  }
}

function streamingApp() {
  ended.length = logged.length = 0;
  const app = new App('x', {
    compression: compression(),
    logger: { debug() {}, info() {}, warn() {}, error: (message, fields) => logged.push({ message, ...fields }) },
  });
  app.get('/numbers', { stream: true }, () =>
    reply(200, Readable.from(['1', '2', '3']), { headers: { 'content-type': 'text/plain' }, cookies: ['a=1'] }),
  );
  app.get('/web', { stream: true }, () => new Response('web', { status: 201, headers: { 'x-web': '1' } }));
  app.get('/plain', { stream: true }, () => ({ ok: true }));
  app.get('/bytes', { stream: true }, () => new Uint8Array([0, 255]));
  app.get('/moved', { stream: true }, () => reply(303, undefined, { headers: { location: '/plain' } }));
  app.get('/nothing', { stream: true }, () => told('nothing'));
  app.get('/breaks', { stream: true }, () => told('breaks', 'one', new Error('secret')));
  app.get('/broken', { stream: true }, () => told('broken', new Error('secret')));
  app.get('/destroyed', { stream: true }, () => Readable.from(['1']).destroy());
  app.get('/not-bytes', { stream: true }, () => Readable.from(['1', { a: 1 }]));
  app.get('/fails', { stream: true }, () => {
    throw new Error('secret');
  });
  app.delete('/numbers', { status: 202 }, () => 'deleted');
  return app;
}

/**
 * Lambda's side of response streaming, as its Node.js runtime shows it to functions: status and headers go with the first
 * call of `write` (aws-lambda-nodejs-runtime-interface-client, HttpResponseStream.js).
 */
async function invoke(path: string, method = 'GET', stream = new PassThrough(), runtimeApi = '127.0.0.1:1') {
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', runtimeApi);
  let metadata: unknown;
  vi.stubGlobal('awslambda', {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: {
      from: (to: Writable, given: unknown) => {
        const write = to.write.bind(to);
        to.write = (...sent: unknown[]) => {
          metadata ??= given;
          return write(...(sent as [string]));
        };
        return to;
      },
    },
  });
  const handler = lambdaHandler(streamingApp(), 'APIHandlerStream') as unknown as (
    event: unknown,
    stream: Writable,
    context: LambdaContext,
  ) => Promise<void>;
  const body = text(stream);
  body.catch(() => undefined);
  await handler({ resource: path, path, httpMethod: method, requestContext: {} }, stream, context);
  return { metadata, body };
}

test('a stream is sent as it comes, behind its status, headers and cookies', async () => {
  const { metadata, body } = await invoke('/numbers');
  expect(metadata).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'text/plain', vary: 'Accept-Encoding' },
    multiValueHeaders: { 'set-cookie': ['a=1'] },
  });
  expect(await body).toBe('123');
});

test('a Web response streams too', async () => {
  const { metadata, body } = await invoke('/web');
  expect(metadata).toMatchObject({ statusCode: 201, headers: { 'x-web': '1' } });
  expect(await body).toBe('web');
});

test('what is no stream is sent whole', async () => {
  const { metadata, body } = await invoke('/plain');
  expect(metadata).toMatchObject({ statusCode: 200 });
  expect(await body).toBe('{"ok":true}');
  expect((await invoke('/bytes')).metadata).toMatchObject({ statusCode: 200 });
});

test.each(['/moved', '/nothing'])('status and headers of %s are sent though it has no body', async (path) => {
  const { metadata, body } = await invoke(path);
  expect(metadata).toMatchObject({ statusCode: path === '/moved' ? 303 : 200 });
  expect(await body).toBe('');
});

test('HEAD has the headers of GET and no body, and its stream is ended', async () => {
  for (const path of ['/numbers', '/nothing', '/breaks', '/broken', '/web']) {
    const head = await invoke(path, 'HEAD');
    expect(await head.body).toBe('');
    if (path !== '/broken') expect((await invoke(path)).metadata).toEqual(head.metadata);
  }
});

test('HEAD of a file that is not there does not end the process', async () => {
  const file = createReadStream('/nowhere/at/all');
  const app = new App('x');
  app.get('/', () => file);
  const closed = new Promise<void>((done) => file.once('close', done));
  expect((await testClient(app).head('/')).status).toBe(200);
  await closed;
});

test('HEAD of a buffered stream ends it unread, whatever kind it is', async () => {
  const app = new App('x');
  const node = new Readable({
    read() {
      this.destroy(new Error('read'));
    },
  });
  const cancel = vi.fn(() => Promise.reject(new Error('cancelled')));
  const web = new ReadableStream({ cancel });
  const made: Record<string, () => unknown> = { node: () => node, web: () => web, generator: () => told('x', '1') };
  app.get('/{kind}', ({ params }) => made[params.kind]?.());
  await using client = testClient(app);
  for (const kind of ['node', 'web', 'generator'])
    expect(await client.head(`/${kind}`)).toMatchObject({ status: 200, text: '' });
  expect(node.destroyed).toBe(true);
  expect(cancel).toHaveBeenCalledOnce();
});

test('an error before the stream is a problem document', async () => {
  const { metadata, body } = await invoke('/fails');
  expect(metadata).toMatchObject({ statusCode: 500 });
  expect(await body).not.toContain('secret');
});

test.each(['/broken', '/destroyed'])('an error of the stream before its first byte is one too: %s', async (path) => {
  const { metadata, body } = await invoke(path);
  expect(metadata).toMatchObject({ statusCode: 500, headers: { 'content-type': 'application/problem+json' } });
  expect(await body).not.toContain('secret');
  expect(logged).toMatchObject([{ message: 'The request failed', requestId: 'r' }]);
});

test.each(['/breaks', '/not-bytes'])('an error after it breaks the stream, and is logged: %s', async (path) => {
  const { metadata, body } = await invoke(path);
  expect(metadata).toMatchObject({ statusCode: 200 });
  await expect(body).rejects.toThrow();
  expect(logged).toMatchObject([{ message: 'The response stream broke', error: expect.any(Error), requestId: 'r' }]);
});

test('where the reader goes away the stream is ended, and the function is done', async () => {
  const gone = new PassThrough({ highWaterMark: 1 });
  gone.once('data', () => gone.destroy());
  await invoke('/numbers', 'GET', gone);
  expect(logged).toMatchObject([{ message: 'The response stream broke' }]);
});

test('what is refused before a route is sent too', async () => {
  const { metadata } = await invoke('/numbers', 'PATCH');
  expect(metadata).toMatchObject({ statusCode: 405, headers: { allow: 'GET, HEAD, DELETE, OPTIONS' } });
});

test('a runtime that can stream is enough, be it Lambda or not', async () => {
  expect(await (await invoke('/numbers', 'GET', new PassThrough(), '')).body).toBe('123');
});

test('where the runtime cannot stream the route is buffered', async () => {
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', '127.0.0.1:1');
  const handler = lambdaHandler(streamingApp(), 'APIHandlerStream');
  const event = { resource: '/numbers', path: '/numbers', httpMethod: 'GET', requestContext: {} };
  expect(await handler(event, context)).toMatchObject({ statusCode: 200, body: 'MTIz', isBase64Encoded: true });
});

test('the test client buffers it', async () => {
  await using client = testClient(streamingApp());
  expect(await client.get('/numbers')).toMatchObject({ status: 200, text: '123', cookies: ['a=1'] });
});
