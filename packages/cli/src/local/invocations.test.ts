import { text } from 'node:stream/consumers';
import { installStreaming } from '@goblet/cloud/execute-api';
import { expect, test } from 'vitest';
import { type Handler, invocations } from './invocations.js';
import type { StreamedResponse } from './streamed-response.js';

const { signal } = new AbortController();

test('a function gets the event and a context, and its result is the payload', async () => {
  const { invoker } = invocations({ Echo: async (event, context) => ({ event, context }) }, 1000, () => {});
  const { payload } = (await invoker.invoke('Echo', { a: 1 }, signal, '')) as { payload: unknown };
  expect(payload).toMatchObject({ event: { a: 1 }, context: { functionName: 'Echo' } });
});

test('a function that throws has failed, and the log is told', async () => {
  const logged: unknown[] = [];
  const thrown = new Error('broken');
  const { invoker } = invocations({ Bad: () => Promise.reject(thrown) }, 1000, (error) => logged.push(error));
  expect(await invoker.invoke('Bad', {}, signal, '')).toEqual({ functionError: 'Unhandled', errorMessage: 'broken' });
  expect(logged).toEqual([thrown]);
});

test('what is under way fails when its environment ends', async () => {
  const { invoker, fail } = invocations({ Slow: () => new Promise(() => {}) }, 1000, () => {});
  const invocation = invoker.invoke('Slow', {}, signal, '');
  fail('Runtime exited');
  expect(await invocation).toEqual({ functionError: 'Unhandled', errorMessage: 'Runtime exited' });
});

test('a function that takes longer than it may has failed in the words of Lambda', async () => {
  const { invoker } = invocations({ Slow: () => new Promise(() => {}) }, 10, () => {});
  expect(await invoker.invoke('Slow', {}, signal, '')).toEqual({
    functionError: 'Unhandled',
    errorMessage: 'Task timed out after 0.01 seconds',
  });
});

/** A handler as Lambda's runtime marks those that stream. */
function streamed(write: (stream: StreamedResponse) => Promise<void>): Handler {
  installStreaming();
  const { awslambda } = globalThis as unknown as { awslambda: { streamifyResponse(handler: unknown): Handler } };
  return awslambda.streamifyResponse((_event: unknown, stream: StreamedResponse) => write(stream));
}

test('a function that streams gives its response as it comes', async () => {
  const handler = streamed(async (stream) => {
    stream.setPrelude({ statusCode: 200 });
    stream.write('one ');
    stream.end('two');
  });
  const { invoker } = invocations({ Streams: handler }, 1000, () => {});
  const { stream } = (await invoker.invoke('Streams', {}, signal, '')) as { stream: AsyncIterable<Uint8Array> };
  expect(await text(stream)).toBe(`{"statusCode":200}${'\0'.repeat(8)}one two`);
});

test('a function that fails before its stream begins has failed', async () => {
  const { invoker } = invocations({ Streams: streamed(() => Promise.reject(new Error('broken'))) }, 1000, () => {});
  expect(await invoker.invoke('Streams', {}, signal, '')).toEqual({
    functionError: 'Unhandled',
    errorMessage: 'broken',
  });
});

test('a reader that leaves breaks the stream for whoever writes', async () => {
  let broken: unknown;
  const told = new Promise<void>((resolve) => {
    const handler = streamed(async (stream) => {
      stream.on('error', (error) => {
        broken = error;
        resolve();
      });
      stream.write('one');
    });
    const { invoker } = invocations({ Streams: handler }, 1000, () => {});
    void (async () => {
      const { stream } = (await invoker.invoke('Streams', {}, signal, '')) as { stream: AsyncIterable<Uint8Array> };
      for await (const _ of stream) break;
    })();
  });
  await told;
  expect(broken).toMatchObject({ message: 'the client went away' });
});

test('an event of more than six megabytes is refused as Lambda refuses it', async () => {
  const { invoker } = invocations({ Any: async () => 'ok' }, 1000, () => {});
  const event = (size: number) => ({ body: 'x'.repeat(size) });
  await expect(invoker.invoke('Any', event(6 * 1024 * 1024), signal, '')).rejects.toMatchObject({
    name: 'RequestTooLargeException',
  });
  expect(await invoker.invoke('Any', event(6 * 1024 * 1024 - 20), signal, '')).toEqual({ payload: 'ok' });
});
