/**
 * How far the records of a mapping's stream are handled. Kept over restarts. Where a stream has several shards, each has
 * its own progress, under its id.
 */
export interface Checkpoint {
  /** The sequence number up to which all are; undefined before the first. */
  readonly load: (shardId?: string) => Promise<string | undefined>;
  readonly save: (sequence: string, shardId?: string) => Promise<void>;
}

/** The progress of a shard that has ended and is handled to its end. */
export const ENDED = 'ended';
