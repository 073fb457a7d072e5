import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { bus, queue, schedule, stream, tableStream } from '../index.js';

const Any = z.unknown();

test.for([
  ['a queue of batches of 11 at once', () => queue(Any, { batchSize: 11 }), 'batchSize without a batchWindow is 11'],
  ['a queue of no batches', () => queue(Any, { batchSize: 0, batchWindow: 1 }), 'batchSize is 0'],
  ['a queue of a window over five minutes', () => queue(Any, { batchWindow: 301 }), 'batchWindow is 301'],
  ['a queue of one batch at a time', () => queue(Any, { maxConcurrency: 1 }), 'maxConcurrency is 1'],
  ['a stream of half a batch', () => stream(Any, { batchSize: 0.5 }), 'batchSize is 0.5'],
  [
    'a stream of eleven batches a shard',
    () => stream(Any, { parallelizationFactor: 11 }),
    'parallelizationFactor is 11',
  ],
  ['a table stream of retries without end', () => tableStream(Any, { retryAttempts: -1 }), 'retryAttempts is -1'],
  ['a table stream of young records', () => tableStream(Any, { maxRecordAge: 59 }), 'maxRecordAge is 59'],
] as const)('%s is refused where it is declared', ([, declare, message]) => {
  expect(declare).toThrow(`GOBLET_SOURCE_OPTION: ${message}; it is a whole number from`);
});

test('what Lambda takes is taken', () => {
  expect(queue(Any, { batchSize: 10 }).options).toMatchObject({ batchSize: 10 });
  expect(queue(Any, { batchSize: 10_000, batchWindow: 300 }).options).toMatchObject({ batchSize: 10_000 });
  expect(stream(Any, { batchSize: 10_000, retryAttempts: 0 }).options).toMatchObject({ retryAttempts: 0 });
});

describe('under tooling', () => {
  beforeEach(() => {
    process.env.GOBLET_INVENTORY = '1';
  });
  afterEach(() => {
    delete process.env.GOBLET_INVENTORY;
  });

  test.for([
    ['queue', () => queue(Any, { batchSize: 11 })],
    ['stream', () => stream(Any, { batchWindow: 301 })],
    ['tableStream', () => tableStream(Any, { retryAttempts: -1 })],
    ['bus', () => bus(Any, { pattern: {} })],
    ['schedule', () => schedule('daily')],
  ] as const)('the refusal of a %s says its line', ([, declare]) => {
    expect(declare).toThrow(/ \(option-range\.test\.ts:\d+\)$/);
  });
});
