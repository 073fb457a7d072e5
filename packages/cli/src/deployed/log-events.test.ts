import { createServer } from 'node:http';
import { afterEach, expect, test, vi } from 'vitest';
import { logsClient, readEvents } from './log-events.js';

afterEach(() => void vi.useRealTimers());

interface Page {
  readonly status?: number;
  readonly body: object;
}

/** CloudWatch Logs that answers each look into a group with the next of its pages. */
async function logsOf(pages: Readonly<Record<string, Page[]>>) {
  const asked: { logGroupName: string; nextToken?: string }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const input = JSON.parse(Buffer.concat(chunks).toString());
    asked.push(input);
    const { status = 200, body } = pages[input.logGroupName]?.shift() ?? { body: { events: [] } };
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const client = logsClient({
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
  });
  const messages = async () => {
    const found: string[] = [];
    const sources = Object.keys(pages).map((group) => ({
      ...{ group, label: group, stack: 'Stack', app: 'app', function: group, functionName: group },
    }));
    for await (const { message } of readEvents(client, sources, { since: 0, filter: undefined })) found.push(message);
    return found;
  };
  const close = () => {
    client.destroy();
    server.close();
    server.closeAllConnections();
  };
  return { asked, messages, [Symbol.dispose]: close };
}

const page = (times: readonly number[], nextToken?: string): Page => ({
  body: {
    events: times.map((timestamp) => ({ timestamp, message: `at ${timestamp}`, eventId: `${timestamp}` })),
    nextToken,
  },
});

test('the events of several groups come by time, over pages that may be empty', async () => {
  using logs = await logsOf({ a: [page([1, 4], 'more'), page([], 'yet more'), page([6])], b: [page([2, 3, 7])] });
  expect(await logs.messages()).toEqual([1, 2, 3, 4, 6, 7].map((time) => `at ${time}`));
  expect(logs.asked.flatMap(({ nextToken = [] }) => nextToken)).toEqual(['more', 'yet more']);
});

test('a group that is not made yet has no events', async () => {
  const missing = { status: 400, body: { __type: 'ResourceNotFoundException', message: 'no such group' } };
  using logs = await logsOf({ a: [missing], b: [page([1])] });
  expect(await logs.messages()).toEqual(['at 1']);
});

test('who is throttled more often than the SDK tries by itself goes on all the same', async () => {
  const throttled = { status: 400, body: { __type: 'ThrottlingException', message: 'Rate exceeded' } };
  using logs = await logsOf({ a: [throttled, throttled, throttled, page([1])] });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const reading = logs.messages();
  let over = false;
  const end = () => {
    over = true;
  };
  reading.then(end, end);
  while (!over) {
    await vi.advanceTimersByTimeAsync(100);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await reading).toEqual(['at 1']);
  expect(logs.asked).toHaveLength(4);
});
