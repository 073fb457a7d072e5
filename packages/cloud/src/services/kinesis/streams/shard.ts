import { firstSequence, lastSequence } from '../records/sequence-number.js';
import type { HashKeyRange } from './hash-key.js';

/** A shard as it is stored. Its place in the stream's list is its number. */
export interface Shard {
  /** Decimal, both ends included. */
  readonly from: string;
  readonly to: string;
  /** Epoch milliseconds. */
  readonly created: number;
  /** When it was split or merged, in epoch milliseconds; it takes no records since then. */
  readonly closed?: number;
  /** The numbers of the shards that it came from. */
  readonly parents: readonly number[];
}

/** A shard and its number. */
export interface NumberedShard extends Shard {
  readonly number: number;
}

const ID = /^(?:shardId-)?(?<number>\d{1,12})$/;

export const shardId = (number: number): string => `shardId-${String(number).padStart(12, '0')}`;

/** The number of a shard by its id, with `shardId-` or without; undefined for other text. */
export function parseShardId(id: string): number | undefined {
  const { number } = ID.exec(id)?.groups ?? {};
  return number === undefined ? undefined : Number(number);
}

export const newShard = ({ from, to }: HashKeyRange, created: number, parents: readonly number[] = []): Shard => ({
  from: from.toString(),
  to: to.toString(),
  created,
  parents,
});

export const isOpen = ({ closed }: Shard): boolean => closed === undefined;

/** True if a shard takes the records of a hash key. */
export const takes = ({ from, to }: Shard, key: bigint): boolean => BigInt(from) <= key && key <= BigInt(to);

/** A shard as the API answers it. */
export function shardOutput({ number, from, to, created, closed, parents }: NumberedShard) {
  const [parent, adjacent] = parents;
  return {
    ShardId: shardId(number),
    ...(parent !== undefined && { ParentShardId: shardId(parent) }),
    ...(adjacent !== undefined && { AdjacentParentShardId: shardId(adjacent) }),
    HashKeyRange: { StartingHashKey: from, EndingHashKey: to },
    SequenceNumberRange: {
      StartingSequenceNumber: firstSequence(created, number),
      ...(closed !== undefined && { EndingSequenceNumber: lastSequence(created, number, closed) }),
    },
  };
}
