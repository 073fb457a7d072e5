import type { CloudContext } from '../../../core/cloud.js';
import type { FunctionRole } from '../invocation/role-calls.js';
import type { EventFilter } from './event-filter.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';

/** A record of a shard, and the facts about it by which it is handled. */
export interface StreamItem<R> {
  /** As the function gets it. */
  readonly record: R;
  readonly sequence: string;
  /** Records of one key keep their order. */
  readonly key: string;
  readonly bytes: number;
  /** When it came in, in epoch milliseconds. */
  readonly arrival: number;
}

/** A shard that is to be read, and those that come before it. */
export interface StreamShard {
  readonly id: string;
  readonly parents: readonly string[];
}

/** The shards of a stream, as far as a mapping reads them. */
export interface StreamShards {
  readonly shards: readonly StreamShard[];
  /** Milliseconds for which its records are kept. */
  readonly retention: number;
}

/** A stream as Lambda reads it for one function: under the function's execution role, which has to be allowed to. */
export interface StreamClient<R> {
  readonly shards: (role: FunctionRole) => Promise<StreamShards>;
  /**
   * An iterator of a shard.
   * @param after the sequence number behind which to begin; empty for the oldest record that is kept, undefined for where
   * the mapping begins
   */
  readonly open: (role: FunctionRole, shardId: string, after: string | undefined) => Promise<string>;
  /**
   * Waits for the first record to come.
   * @param wait milliseconds
   * @returns no iterator where the shard has ended
   */
  readonly read: (
    role: FunctionRole,
    shardId: string,
    iterator: string,
    most: number,
    wait: number,
    signal: AbortSignal,
  ) => Promise<{ readonly items: readonly StreamItem<R>[]; readonly iterator: string | undefined }>;
}

/** One kind of stream. */
export interface StreamKind<R> {
  readonly client: (context: CloudContext, mapping: EventSourceMapping, reading: StreamReading) => StreamClient<R>;
  /** @throws Error for an invalid pattern */
  readonly compilePattern: (pattern: string) => EventFilter<R>;
  /** The member of messages to destinations that says which records were given up. */
  readonly batchInfo: string;
  /** Times in those messages. @param time epoch milliseconds */
  readonly timeText: (time: number) => string;
  /** True where a stream has one shard alone, so that its progress needs no name. */
  readonly hasOneShard: boolean;
}
