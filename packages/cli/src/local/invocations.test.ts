import { expect, test } from 'vitest';
import { invocations } from './invocations.js';

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

test('an event of more than six megabytes is refused as Lambda refuses it', async () => {
  const { invoker } = invocations({ Any: async () => 'ok' }, 1000, () => {});
  const event = (size: number) => ({ body: 'x'.repeat(size) });
  await expect(invoker.invoke('Any', event(6 * 1024 * 1024), signal, '')).rejects.toMatchObject({
    name: 'RequestTooLargeException',
  });
  expect(await invoker.invoke('Any', event(6 * 1024 * 1024 - 20), signal, '')).toEqual({ payload: 'ok' });
});
