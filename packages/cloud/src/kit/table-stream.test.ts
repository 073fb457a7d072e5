import { expect, test } from 'vitest';
import { shardIterator, shardPosition } from './table-stream.js';

const arn = 'arn:aws:dynamodb:eu-west-1:000000000000:table/users/stream/2026-12-01T00:00:00.000';

test('an iterator is read as the position that it was made of, which ends after fifteen minutes', () => {
  const iterator = shardIterator({ arn, from: '007', behind: true }, 1000);
  expect(iterator.startsWith(`${arn}|1|`)).toBe(true);
  expect(shardPosition(iterator)).toEqual({ arn, from: '007', behind: true, expires: 901_000 });
});

test.each(['', 'x', `${arn}|1|${Buffer.from('{}').toString('base64')}`])('%j is no iterator', (text) => {
  expect(() => shardPosition(text)).toThrow('Invalid ShardIterator');
});
