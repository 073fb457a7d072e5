import type { Tags } from '../../../core/access.js';
import { isOpen, type NumberedShard, type Shard } from './shard.js';
import type { StreamName } from './stream-name.js';

/** How the shards of a stream are counted. */
export type StreamMode = 'PROVISIONED' | 'ON_DEMAND';

/** A stream as it is stored. */
export interface StreamRecord extends StreamName {
  /** Tells a stream from an earlier one of the same name; its records are kept under it. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly created: number;
  readonly mode: StreamMode;
  readonly shards: readonly Shard[];
  readonly retentionHours: number;
  readonly tags: Tags;
  /** The key that it is said to be encrypted by; the records are not. */
  readonly keyId?: string | undefined;
  readonly metrics: readonly string[];
  readonly maxRecordKiB: number;
  readonly warmMiBps?: number | undefined;
  readonly policy?: string | undefined;
  /** Its records are being removed. */
  readonly deleting?: true;
}

const HOUR = 3600_000;

/** Milliseconds for which records are kept. */
export const retentionOf = ({ retentionHours }: StreamRecord): number => retentionHours * HOUR;

/** The shards that there are: closed ones go when their last record has. @param now epoch milliseconds */
export function shardsOf(stream: StreamRecord, now: number): readonly NumberedShard[] {
  const oldest = now - retentionOf(stream);
  return stream.shards
    .map((shard, number) => ({ ...shard, number }))
    .filter(({ closed }) => closed === undefined || closed >= oldest);
}

/** Those that take records, by their hash keys. */
export function openShards(stream: StreamRecord): readonly NumberedShard[] {
  return stream.shards
    .map((shard, number) => ({ ...shard, number }))
    .filter(isOpen)
    .sort((a, b) => (BigInt(a.from) < BigInt(b.from) ? -1 : 1));
}
