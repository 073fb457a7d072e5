import type { Place } from '../../../kit/data-stream.js';
import { type NumberedShard, shardId } from '../streams/shard.js';
import { retentionOf, type StreamRecord } from '../streams/stream-record.js';
import type { DataRecord, StreamLog } from './stream-log.js';

/** Bytes of one answer ("GetRecords"). */
const MOST_BYTES = 10 * 1024 * 1024;

/** The records of a shard that a reader gets at a time. */
export interface ShardPage {
  readonly records: readonly DataRecord[];
  /** Where to go on; undefined at the end of a shard that is closed. */
  readonly next: Place | undefined;
  /** Milliseconds between the last of these records and the end of the shard. */
  readonly behind: number;
  /** The shards that go on where this one ends. */
  readonly children?: readonly ChildShard[];
}

export interface ChildShard {
  readonly ShardId: string;
  readonly ParentShards: readonly string[];
  readonly HashKeyRange: { readonly StartingHashKey: string; readonly EndingHashKey: string };
}

/** @param now epoch milliseconds */
export async function pageFrom(
  stream: StreamRecord,
  shard: NumberedShard,
  place: Place,
  limit: number,
  log: StreamLog,
  now: number,
): Promise<ShardPage> {
  const records: DataRecord[] = [];
  let bytes = 0;
  let atEnd = true;
  for await (const record of log.read(shard, place, now - retentionOf(stream))) {
    bytes += record.data.length + Buffer.byteLength(record.partitionKey);
    if (records.length === limit || (bytes > MOST_BYTES && records.length > 0)) {
      atEnd = false;
      break;
    }
    records.push(record);
  }
  const last = records.at(-1);
  const next = last ? { sequence: last.sequence, behind: true } : { sequence: place.sequence, behind: place.behind };
  if (!atEnd) {
    const latest = (await log.lastTime(shard)) ?? now;
    return { records, next, behind: Math.max(0, latest - (last?.time ?? latest)) };
  }
  if (shard.closed === undefined) return { records, next, behind: 0 };
  return { records, next: undefined, behind: 0, children: childrenOf(stream, shard.number) };
}

function childrenOf({ shards }: StreamRecord, parent: number): readonly ChildShard[] {
  return shards.flatMap(({ from, to, parents }, at) =>
    parents.includes(parent)
      ? [
          {
            ShardId: shardId(at),
            ParentShards: parents.map(shardId),
            HashKeyRange: { StartingHashKey: from, EndingHashKey: to },
          },
        ]
      : [],
  );
}
