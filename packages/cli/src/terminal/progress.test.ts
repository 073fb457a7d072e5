import pc from 'picocolors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watched, withProgress } from './progress.js';
import type { Terminal } from './terminal.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function told(interactive = true) {
  const lines: string[] = [];
  const note = (line: string) => void lines.push(line);
  const colors = pc.createColors(false);
  const terminal: Terminal = {
    out: note,
    note,
    colors,
    resultColors: colors,
    interactive,
    signal: new AbortController().signal,
  };
  return { lines, terminal };
}

test('work of less than a second says nothing', async () => {
  const { lines, terminal } = told();
  const done = withProgress(
    terminal,
    () => 'at work',
    () => new Promise((resolve) => setTimeout(resolve, 900)),
  );
  await vi.advanceTimersByTimeAsync(5_000);
  await done;
  expect(lines).toEqual([]);
});

test('longer work says how far it is whenever that has changed, and nothing once it is done', async () => {
  const { lines, terminal } = told();
  let far = 0;
  const work = () => new Promise<string>((resolve) => setTimeout(resolve, 10_000, 'result'));
  const done = withProgress(terminal, () => `${far} of 2`, work);
  await vi.advanceTimersByTimeAsync(3_500);
  far = 1;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await done).toBe('result');
  expect(lines).toEqual(['0 of 2', '1 of 2']);
});

test('work of minutes does not fill the terminal', async () => {
  const { lines, terminal } = told();
  const work = () => new Promise((resolve) => setTimeout(resolve, 120_000));
  let seconds = 0;
  const done = withProgress(terminal, () => `${++seconds}`, work);
  await vi.advanceTimersByTimeAsync(120_000);
  await done;
  expect(lines.length).toBeLessThan(15);
});

test.each([
  ['on a terminal, past a second', true, 1_500, ['bundling …']],
  ['on a terminal, within a second', true, 900, []],
  ['off a terminal', false, 5_000, []],
])('what is only watched is told %s as it should be', async (_, interactive, milliseconds, expected) => {
  const { lines, terminal } = told(interactive);
  const done = watched(
    'bundling',
    terminal,
    () => new Promise((resolve) => setTimeout(resolve, milliseconds, 'result')),
  );
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await done).toBe('result');
  expect(lines).toEqual(expected);
});
