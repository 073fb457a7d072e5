import { expect, test } from 'vitest';
import type { Write } from '../core/store.js';
import { OrderedWrites } from './ordered-writes.js';

function slowArea() {
  const started: string[] = [];
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  return {
    started,
    ends,
    batch: (writes: readonly Write[]) =>
      new Promise<void>((resolve, reject) => {
        started.push(writes.map(({ key }) => key).join());
        ends.push({ resolve, reject });
      }),
  };
}

const write = (key: string): Write[] => [{ key, value: 1 }];

test('a batch begins when the one before it has ended, also where that failed', async () => {
  const area = slowArea();
  const writes = new OrderedWrites();
  const first = writes.write(area, write('first'));
  const second = writes.write(area, write('second'));
  await Promise.resolve();
  expect(area.started).toEqual(['first']);
  area.ends[0]?.reject(new Error('full'));
  await expect(first).rejects.toThrow('full');
  await expect.poll(() => area.started).toEqual(['first', 'second']);
  area.ends[1]?.resolve();
  await second;
});

test('a batch of nothing waits for what was written before', async () => {
  const area = slowArea();
  const writes = new OrderedWrites();
  const order: string[] = [];
  const first = writes.write(area, write('first')).then(() => order.push('first'));
  const nothing = writes.write(area, []).then(() => order.push('nothing'));
  await expect.poll(() => area.started).toEqual(['first']);
  area.ends[0]?.resolve();
  await Promise.all([first, nothing, writes.settled]);
  expect(order).toEqual(['first', 'nothing']);
});
