import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstSequence, lastSequence, parseSequence, sequenceNumber } from './sequence-number.js';

test.each([
  ['49543463076548007577105092703039560359975228518395019266', 0],
  ['49543463076570308322303623326179887152428262250726293522', 1],
])("the sequence number %s of AWS's example (PutRecords) is of the shard %i", (text, shard) => {
  const sequence = parseSequence(text);
  expect(sequence).toMatchObject({ shard, created: Date.UTC(2014, 8, 22, 16, 39, 41) });
  expect(sequence && sequenceNumber(sequence)).toBe(text);
});

test('a sequence number says when and where it came from', () => {
  const sequence = { created: 1_700_000_000_000, shard: 17, index: 123_456_789n, time: 1_700_000_001_000 };
  expect(parseSequence(sequenceNumber(sequence))).toEqual(sequence);
});

test('the order of sequence numbers is that of their records, as numbers and as texts', () => {
  const index = fc.bigInt({ min: 1n, max: (1n << 62n) - 1n });
  fc.assert(
    fc.property(index, index, fc.nat(300), (a, b, shard) => {
      const created = 1_700_000_000_000;
      const of = (value: bigint) => sequenceNumber({ created, shard, index: value, time: created });
      expect(of(a) < of(b)).toBe(a < b);
      expect(firstSequence(created, shard) < of(a)).toBe(true);
      expect(of(a) < lastSequence(created, shard, created)).toBe(true);
    }),
  );
});

test.each(['0', '1', '123', '99999999999999999999999999999999999999999999999999999999', 'text'])(
  '%s is no sequence number',
  (text) => {
    expect(parseSequence(text)).toBeUndefined();
  },
);
