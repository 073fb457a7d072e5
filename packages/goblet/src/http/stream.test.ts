import { PassThrough, Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test, vi } from 'vitest';
import { App, reply } from '../index.js';
import { lambdaHandler } from '../lambda.js';
import type { LambdaContext } from '../route-types.js';
import { testClient } from '../testing.js';

const context = { awsRequestId: 'r' } as LambdaContext;
const eventFor = (path: string) => ({ resource: path, path, httpMethod: 'GET', requestContext: {} });

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

function streamingApp() {
  const app = new App('x', { logger: { debug() {}, info() {}, warn() {}, error() {} } });
  app.get('/numbers', { stream: true }, () =>
    reply(200, Readable.from(['1', '2', '3']), { headers: { 'content-type': 'text/plain' }, cookies: ['a=1'] }),
  );
  app.get('/plain', { stream: true }, () => ({ ok: true }));
  app.get('/breaks', { stream: true }, async function* () {
    yield 'one';
    throw new Error('secret');
  });
  app.get('/fails', { stream: true }, () => {
    throw new Error('secret');
  });
  return app;
}

/** Lambda's side of response streaming, as its Node.js runtime shows it to functions. */
async function invoke(path: string, runtimeApi = '127.0.0.1:1'): Promise<{ metadata: unknown; body: Promise<string> }> {
  vi.stubEnv('AWS_LAMBDA_RUNTIME_API', runtimeApi);
  let metadata: unknown;
  vi.stubGlobal('awslambda', {
    streamifyResponse: (handler: unknown) => handler,
    HttpResponseStream: {
      from: (stream: Writable, given: unknown) => {
        metadata = given;
        return stream;
      },
    },
  });
  const handler = lambdaHandler(streamingApp(), 'APIHandlerStream') as unknown as (
    event: unknown,
    stream: Writable,
    context: LambdaContext,
  ) => Promise<void>;
  const stream = new PassThrough();
  const body = text(stream);
  body.catch(() => undefined);
  await handler(eventFor(path), stream, context);
  return { metadata, body };
}

test('a stream is sent as it comes, behind its status, headers and cookies', async () => {
  const { metadata, body } = await invoke('/numbers');
  expect(metadata).toEqual({
    statusCode: 200,
    headers: { 'content-type': 'text/plain' },
    multiValueHeaders: { 'set-cookie': ['a=1'] },
  });
  expect(await body).toBe('123');
});

test('what is no stream is sent whole', async () => {
  const { metadata, body } = await invoke('/plain');
  expect(metadata).toMatchObject({ statusCode: 200 });
  expect(await body).toBe('{"ok":true}');
});

test('an error before the first byte is a problem document', async () => {
  const { metadata, body } = await invoke('/fails');
  expect(metadata).toMatchObject({ statusCode: 500 });
  expect(await body).not.toContain('secret');
});

test('an error after it breaks the stream', async () => {
  const { body } = await invoke('/breaks');
  await expect(body).rejects.toThrow();
});

test('a runtime that can stream is enough, be it Lambda or not', async () => {
  expect(await (await invoke('/numbers', '')).body).toBe('123');
});

test('where the runtime cannot stream the route is buffered', async () => {
  await using client = testClient(streamingApp());
  expect(await client.get('/numbers')).toMatchObject({ status: 200, text: '123', cookies: ['a=1'] });
});
