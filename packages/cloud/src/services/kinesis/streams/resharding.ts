import { inUse, invalidArgument, limitExceeded, notFound } from '../kinesis-error.js';
import { evenRanges, type HashKeyRange } from './hash-key.js';
import { isOpen, type NumberedShard, newShard, parseShardId, type Shard, shardId } from './shard.js';
import { openShards, type StreamRecord } from './stream-record.js';

const where = ({ name, account }: StreamRecord): string => `in stream ${name} under account ${account}`;

/** @throws AwsError ResourceNotFoundException */
export function requireShard(stream: StreamRecord, id: string): NumberedShard {
  const number = parseShardId(id);
  const shard = number === undefined ? undefined : stream.shards[number];
  if (number !== undefined && shard) return { ...shard, number };
  throw notFound(`Could not find shard ${number === undefined ? id : shardId(number)} ${where(stream)}.`);
}

/** @throws AwsError ResourceInUseException */
function requireOpen(stream: StreamRecord, shard: NumberedShard): NumberedShard {
  if (isOpen(shard)) return shard;
  throw inUse(
    `Shard ${shardId(shard.number)} ${where(stream)} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}

/** The shards of a stream in which some are closed and have children. */
function withChildren(
  shards: readonly Shard[],
  parents: readonly number[],
  children: readonly HashKeyRange[],
  now: number,
): readonly Shard[] {
  return [
    ...shards.map((shard, at) => (parents.includes(at) ? { ...shard, closed: now } : shard)),
    ...children.map((range) => newShard(range, now, parents)),
  ];
}

/** @throws AwsError ResourceNotFoundException, ResourceInUseException, InvalidArgumentException */
export function splitShard(stream: StreamRecord, id: string, start: string, now: number): readonly Shard[] {
  const shard = requireOpen(stream, requireShard(stream, id));
  const [from, to, middle] = [BigInt(shard.from), BigInt(shard.to), BigInt(start)];
  if (middle <= from + 1n || middle >= to) {
    throw invalidArgument(
      `NewStartingHashKey ${start} used in SplitShard() on shard ${shardId(shard.number)} ${where(stream)} is not both greater than one plus the shard's StartingHashKey ${from} and less than the shard's EndingHashKey ${to}.`,
    );
  }
  const children = [
    { from, to: middle - 1n },
    { from: middle, to },
  ];
  return withChildren(stream.shards, [shard.number], children, now);
}

/** @throws AwsError ResourceNotFoundException, ResourceInUseException, InvalidArgumentException */
export function mergeShards(stream: StreamRecord, id: string, adjacentId: string, now: number): readonly Shard[] {
  const first = requireOpen(stream, requireShard(stream, id));
  const second = requireOpen(stream, requireShard(stream, adjacentId));
  const touches = (a: Shard, b: Shard): boolean => BigInt(a.to) + 1n === BigInt(b.from);
  if (!touches(first, second) && !touches(second, first)) {
    throw invalidArgument(
      `Shards ${shardId(first.number)} and ${shardId(second.number)} ${where(stream)} are not an adjacent pair of shards eligible for merging`,
    );
  }
  const [low, high] = touches(first, second) ? [first, second] : [second, first];
  const whole = { from: BigInt(low.from), to: BigInt(high.to) };
  return withChildren(stream.shards, [first.number, second.number], [whole], now);
}

/**
 * Shards of the same size, as many as are wanted. AWS splits and merges until they are so many; here each new shard has
 * the first of the old ones that it overlaps as its parent, and the last as the other.
 *
 * @throws AwsError LimitExceededException for more than twice or less than half of the open shards
 */
export function scaleShards(stream: StreamRecord, count: number, now: number): readonly Shard[] {
  const open = openShards(stream);
  if (count > open.length * 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${open.length} Target shard count: ${count}`,
    );
  }
  if (count < open.length / 2) {
    throw limitExceeded(
      `UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: ${open.length} Target shard count: ${count}`,
    );
  }
  if (count === open.length) return stream.shards;
  const numbers = open.map(({ number }) => number);
  const closed = stream.shards.map((shard, at) => (numbers.includes(at) ? { ...shard, closed: now } : shard));
  const children = evenRanges(count).map((range) => {
    const overlapped = open.filter(({ from, to }) => BigInt(from) <= range.to && range.from <= BigInt(to));
    const [first] = overlapped;
    const last = overlapped.at(-1);
    const parents = [...new Set([first, last].flatMap((parent) => (parent ? [parent.number] : [])))];
    return newShard(range, now, parents);
  });
  return [...closed, ...children];
}
