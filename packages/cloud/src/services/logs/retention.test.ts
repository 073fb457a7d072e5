import { expect, test } from 'vitest';
import { openMemoryStore } from '../../store/open-store.js';
import { LogStore } from './log-store.js';

const DAY = 86_400_000;
const scope = { account: '000000000000', region: 'eu-west-1' };

async function logs(retentionInDays: number) {
  const clock = { now: 100 * DAY };
  const store = new LogStore(await openMemoryStore(), () => clock.now);
  await store.createGroup(scope, { name: '/g', created: clock.now, class: 'STANDARD', tags: {}, retentionInDays });
  await store.createStream(scope, '/g', 's');
  return {
    store,
    put: (message: string) => store.put(scope, '/g', 's', [{ timestamp: clock.now, message }]),
    pass: (milliseconds: number) => {
      clock.now += milliseconds;
    },
    messages: async () => {
      const found: string[] = [];
      for await (const { message } of store.events(scope, '/g', {})) found.push(message);
      return found;
    },
  };
}

test('events past the retention of their group go with a write that comes later', async () => {
  const { put, pass, messages } = await logs(7);
  await put('old');
  pass(6 * DAY);
  await put('young');
  expect(await messages()).toEqual(['old', 'young']);
  pass(1.5 * DAY);
  await put('new');
  expect(await messages()).toEqual(['young', 'new']);
});

test('a shorter retention counts from the next write on', async () => {
  const { store, put, pass, messages } = await logs(30);
  await put('old');
  pass(2 * DAY);
  await put('young');
  await store.changeGroup(scope, '/g', (group) => ({ ...group, retentionInDays: 1 }));
  await put('new');
  expect(await messages()).toEqual(['young', 'new']);
});
