import { request } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type Poll, RuntimeApi, type RuntimeSession } from './runtime-api.js';

/** An environment of which nothing is asked but what it heard. */
async function session(api: RuntimeApi, known: string) {
  const heard: string[] = [];
  const polls: Poll[] = [];
  const take = (what: string) => (id: string, _headers: unknown, body: Buffer | undefined) => {
    heard.push(`${what} ${body}`);
    return id === known;
  };
  const session: RuntimeSession = {
    polled: (poll) => polls.push(poll),
    responded: take('responded'),
    failed: take('failed'),
    streamed: () => undefined,
    initFailed: (_headers, body) => heard.push(`initFailed ${body}`),
  };
  return { ...(await api.open(session)), heard, polls };
}

function call(
  method: string,
  address: string,
  path: string,
  body = '',
): Promise<{ status: number; text: string; id: unknown }> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`http://${address}/2018-06-01/runtime/${path}`, { method }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk) => {
        text += chunk;
      });
      const id = incoming.headers['lambda-runtime-aws-request-id'];
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text, id }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function openApi(): Promise<RuntimeApi> {
  const api = new RuntimeApi();
  onTestFinished(() => api.close());
  return api;
}

test('any HTTP client can poll for an event and answer it', async () => {
  const { address, heard, polls } = await session(await openApi(), 'one');
  const next = call('GET', address, 'invocation/next');
  await expect.poll(() => polls.length).toBe(1);
  polls[0]?.send('Lambda-Runtime-Aws-Request-Id: one\r\n', Buffer.from('{"a":1}'));
  expect(await next).toMatchObject({ status: 200, text: '{"a":1}', id: 'one' });
  expect((await call('POST', address, 'invocation/one/response', '"done"')).status).toBe(202);
  expect((await call('POST', address, 'invocation/one/error', '{}')).status).toBe(202);
  expect((await call('POST', address, 'init/error', '{"errorType":"X"}')).status).toBe(202);
  expect(heard).toEqual(['responded "done"', 'failed {}', 'initFailed {"errorType":"X"}']);
});

test('an unknown request, path or token is refused', async () => {
  const api = await openApi();
  const { address, close } = await session(api, 'one');
  expect((await call('POST', address, 'invocation/two/response', '1')).status).toBe(400);
  expect((await call('GET', address, 'invocation/elsewhere')).status).toBe(405);
  expect((await call('GET', address, 'extensions')).status).toBe(404);
  expect((await call('GET', address.replace(/[0-9a-f]{4}$/, 'ffff'), 'invocation/next')).status).toBe(404);
  close();
  expect((await call('GET', address, 'invocation/next')).status).toBe(404);
});

test('a poll whose process is gone takes nothing with it', async () => {
  const { address, polls } = await session(await openApi(), 'one');
  const outgoing = request(`http://${address}/2018-06-01/runtime/invocation/next`);
  outgoing.on('error', () => {});
  outgoing.end();
  await expect.poll(() => polls.length).toBe(1);
  outgoing.destroy();
  const next = call('GET', address, 'invocation/next');
  await expect.poll(() => polls.length).toBe(2);
  polls[0]?.send('Lambda-Runtime-Aws-Request-Id: lost\r\n', Buffer.from('0'));
  polls[1]?.send('Lambda-Runtime-Aws-Request-Id: one\r\n', Buffer.from('1'));
  expect((await next).id).toBe('one');
});
