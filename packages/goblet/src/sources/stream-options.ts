import type { Pattern } from './source.js';

/** How Lambda reads the shards of a stream. */
export interface StreamOptions {
  /** @default 100 */
  readonly batchSize?: number;
  /** Seconds. @default 0 */
  readonly batchWindow?: number;
  /** Where reading starts when the source is first deployed. @default 'TRIM_HORIZON', the oldest record that is kept */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  /** How often a batch is tried again before it goes to `onFailure`. @default - until its records expire */
  readonly retryAttempts?: number;
  /** Seconds after which a record is given up. @default - when it expires */
  readonly maxRecordAge?: number;
  /** Whether a batch whose handler threw is halved before it is tried again. @default true */
  readonly bisectBatchOnError?: boolean;
  /** Batches of one shard that are handled at a time, 1 to 10; records of one key stay in order. @default 1 */
  readonly parallelizationFactor?: number;
  /** Only records that match one of these reach the function. @default - all do */
  readonly filters?: readonly Pattern[];
}

/** The options in full, as the inventory has them. */
export const streamOptions = (options: StreamOptions | undefined): StreamOptions => ({
  startingPosition: 'TRIM_HORIZON',
  bisectBatchOnError: true,
  ...options,
});

/** Records of a stream are in order, and Lambda goes on from the first that failed. */
export const STREAM_ORDER = 'stream';

/** Streams tell time in seconds with a fraction. */
export const timeOf = (seconds: number): Date => new Date(Math.round(seconds * 1000));
