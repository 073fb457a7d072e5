import { expect, test } from 'vitest';
import { openMemoryStore } from '../../store/open-store.js';
import { MessageQueue } from './message-queue.js';
import { defaultAttributes } from './queue-attributes.js';

async function emptyQueue() {
  const store = await openMemoryStore();
  let now = 1_000_000;
  const record = {
    account: '000000000000',
    region: 'eu-west-1',
    name: 'jobs',
    attributes: defaultAttributes(false),
    tags: {},
    created: now,
    modified: now,
  };
  const queue = new MessageQueue(record, store.root.area('jobs'), () => now);
  const send = (body: string, delay = 0) =>
    queue.send({ id: body, body, attributes: {}, senderId: 'me', sent: now, receivedBefore: 0 }, delay);
  return {
    queue,
    send,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

const NEVER = Number.MAX_SAFE_INTEGER;

test('a message that comes between looking and waiting is not waited past', async () => {
  const { queue, send } = await emptyQueue();
  const before = queue.moment;
  expect((await queue.take(1, 0)).messages).toEqual([]);
  await send('between');
  await queue.changed(before, NEVER);
  expect((await queue.take(1, 0)).messages).toMatchObject([{ message: { body: 'between' } }]);
});

test('nor is one that becomes visible in between', async () => {
  const { queue, send, pass } = await emptyQueue();
  await send('delayed', 1000);
  const before = queue.moment;
  expect((await queue.take(1, 0)).messages).toEqual([]);
  pass(1001);
  await queue.changed(before, NEVER);
  expect((await queue.take(1, 0)).messages).toMatchObject([{ message: { body: 'delayed' } }]);
});

test('messages past their retention are gone', async () => {
  const { queue, send, pass } = await emptyQueue();
  await send('old');
  pass(345_600_000 - 1);
  await send('young');
  pass(1);
  expect((await queue.take(10, 0)).messages).toMatchObject([{ message: { body: 'young' } }]);
});
