import { createHash } from 'node:crypto';
import { invalidArgument } from '../kinesis-error.js';

/** Hash keys are numbers of 128 bits. */
const KEYS = 1n << 128n;

/** The hash keys that a shard takes, both ends included. */
export interface HashKeyRange {
  readonly from: bigint;
  readonly to: bigint;
}

/** Ranges of the same size, which together are all keys. The last one has what is left over. */
export function evenRanges(count: number): readonly HashKeyRange[] {
  const size = KEYS / BigInt(count);
  return Array.from({ length: count }, (_, at) => ({
    from: size * BigInt(at),
    to: at === count - 1 ? KEYS - 1n : size * BigInt(at + 1) - 1n,
  }));
}

/** Where a record goes: by its explicit hash key, else the MD5 of its partition key. @throws AwsError InvalidArgumentException */
export function hashKeyOf(partitionKey: string, explicit: string | undefined): bigint {
  if (explicit === undefined) return BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`);
  const key = BigInt(explicit);
  if (key < KEYS) return key;
  throw invalidArgument(
    `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${explicit}`,
  );
}
