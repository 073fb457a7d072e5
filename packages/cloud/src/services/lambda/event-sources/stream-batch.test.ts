import { expect, test } from 'vitest';
import { afterInvocation, type StreamBatch } from './stream-batch.js';

const batch = (records: string, retries = 0): StreamBatch<string> => ({
  records: [...records],
  retries,
  invocations: 4,
});
const PLAIN = { bisects: false, maxRetries: 2 };
const BISECTING = { bisects: true, maxRetries: 2 };
const next = (records: string, retries = 0): StreamBatch<string> => ({ ...batch(records, retries), invocations: 5 });

test('a batch that was handled is done', () => {
  expect(afterInvocation(batch('abc'), 3, BISECTING)).toEqual({ handled: ['a', 'b', 'c'], again: [] });
});

test('what was not handled is tried again from the first of it on, as often as is said', () => {
  expect(afterInvocation(batch('abc'), 0, PLAIN)).toEqual({ handled: [], again: [next('abc', 1)] });
  expect(afterInvocation(batch('abc', 1), 0, PLAIN)).toEqual({ handled: [], again: [next('abc', 2)] });
  expect(afterInvocation(batch('bc', 2), 0, PLAIN)).toEqual({ handled: [], again: [], lost: next('bc', 2) });
  expect(afterInvocation(batch('a', 9999), 0, { ...PLAIN, maxRetries: -1 }).lost).toBeUndefined();
});

// As recorded of AWS by the tests of LocalStack (test_dynamodb_report_batch_item_failures, 2025-11).
test('what is left of a batch that was handled in part is a batch of its own', () => {
  const rest = { records: ['b', 'c'], retries: 0, invocations: 0 };
  expect(afterInvocation(batch('abc', 1), 1, PLAIN)).toEqual({ handled: ['a'], again: [rest] });
});

test('a batch is split into halves, or where its failure was reported, and that is no retry', () => {
  expect(afterInvocation(batch('abcde'), 0, BISECTING).again).toEqual([next('abc'), next('de')]);
  expect(afterInvocation(batch('abcde'), 2, BISECTING)).toEqual({ handled: ['a', 'b'], again: [next('cde')] });
  expect(afterInvocation(batch('a'), 0, BISECTING).again).toEqual([next('a', 1)]);
  expect(afterInvocation(batch('a', 2), 0, BISECTING).lost).toEqual(next('a', 2));
});
