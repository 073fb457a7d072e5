import { expect, test } from 'vitest';
import { OneAtATime } from './one-at-a-time.js';

/** Work that ends when it is told to. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

test('changes during work are taken up together, after it', async () => {
  const taken: string[][] = [];
  const done = gate();
  const turns = new OneAtATime(async (paths) => {
    taken.push([...paths]);
    done.open();
  }, new AbortController().signal);
  const work = gate();
  const running = turns.run(async () => {
    await work.opened;
    return 'result';
  });
  turns.changed(['a']);
  turns.changed(['b', 'a']);
  expect({ taken, busy: turns.busy }).toEqual({ taken: [], busy: true });
  work.open();
  expect(await running).toBe('result');
  await done.opened;
  expect(taken).toEqual([['a', 'b']]);
});

test('changes during work that fails wait for the next change', async () => {
  const taken: string[][] = [];
  const turns = new OneAtATime(async (paths) => {
    taken.push([...paths]);
  }, new AbortController().signal);
  const running = turns.run(async () => {
    turns.changed(['a']);
    throw new Error('not today');
  });
  await expect(running).rejects.toThrow('not today');
  expect({ taken, busy: turns.busy }).toEqual({ taken: [], busy: false });
  turns.changed(['b']);
  expect(taken).toEqual([['a', 'b']]);
});

test('a change without work is taken up at once, and one during that afterwards', async () => {
  const taken: string[][] = [];
  const gates = [gate(), gate()];
  const done = gate();
  const turns = new OneAtATime(async (paths) => {
    taken.push([...paths]);
    await gates[taken.length - 1]?.opened;
    if (taken.length === 2) done.open();
  }, new AbortController().signal);
  turns.changed(['a']);
  turns.changed(['b']);
  turns.changed(['c']);
  expect(taken).toEqual([['a']]);
  for (const { open } of gates) open();
  await done.opened;
  expect(taken).toEqual([['a'], ['b', 'c']]);
});

test('nothing is taken up after the end', async () => {
  const taken: string[][] = [];
  const end = new AbortController();
  const turns = new OneAtATime(async (paths) => {
    taken.push([...paths]);
  }, end.signal);
  await turns.run(async () => {
    turns.changed(['a']);
    end.abort();
  });
  turns.changed(['b']);
  expect({ taken, busy: turns.busy }).toEqual({ taken: [], busy: false });
});
