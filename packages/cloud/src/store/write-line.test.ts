import { expect, test } from 'vitest';
import type { Operation } from './database.js';
import { WriteLine } from './write-line.js';

const put = (key: string, size = 1): Operation[] => [{ type: 'put', key, value: new Uint8Array(size) }];
const keysOf = (operations: readonly Operation[]) => operations.map(({ key }) => key).join('');

/** A line whose groups are held until they are let go. */
function heldLine() {
  const groups: string[] = [];
  const held: PromiseWithResolvers[] = [];
  const line = new WriteLine((operations) => {
    groups.push(keysOf(operations));
    return new Promise((resolve, reject) => held.push({ resolve, reject }));
  });
  const next = async () => {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    const [first] = held.splice(0, 1);
    if (!first) throw new Error('nothing is under way');
    return first;
  };
  return { line, groups, next };
}

interface PromiseWithResolvers {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

test('what comes while a group is written is the next group, in its order', async () => {
  const { line, groups, next } = heldLine();
  const all = Promise.all(['a', 'b', 'c'].map((key) => line.add(put(key))));
  (await next()).resolve();
  (await next()).resolve();
  await all;
  expect(groups).toEqual(['a', 'bc']);
});

test('a failure is that of its group alone', async () => {
  const { line, next } = heldLine();
  const settled = Promise.allSettled(['a', 'b', 'c'].map((key) => line.add(put(key))));
  (await next()).resolve();
  (await next()).reject(new Error('full'));
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  const after = line.add(put('d'));
  (await next()).resolve();
  await after;
});

test('a group ends at a megabyte, and has one write at least', async () => {
  const { line, groups, next } = heldLine();
  const all = Promise.all(['a', 'b', 'c', 'd'].map((key) => line.add(put(key, key === 'b' ? 2 << 20 : 1))));
  for (let group = 0; group < 3; group++) (await next()).resolve();
  await all;
  expect(groups).toEqual(['a', 'b', 'cd']);
});

test('it is idle when all is written', async () => {
  const { line, next } = heldLine();
  const all = [line.add(put('a')), line.add(put('b'))];
  let idle = false;
  const waiting = line.idle().then(() => {
    idle = true;
  });
  (await next()).resolve();
  const second = await next();
  expect(idle).toBe(false);
  second.resolve();
  await Promise.all([...all, waiting]);
});
