import type { Pattern } from './source.js';

/** How Lambda reads the shards of a stream. */
export interface StreamOptions {
  /** 1 to 10,000. @default 100 */
  readonly batchSize?: number;
  /** Seconds, 0 to 300. @default 0 */
  readonly batchWindow?: number;
  /** Where reading starts when the source is first deployed. @default 'TRIM_HORIZON', the oldest record that is kept */
  readonly startingPosition?: 'TRIM_HORIZON' | 'LATEST';
  /**
   * Retries of a batch, 0 to 10,000, before it goes to `onFailure`.
   * @default - until its records expire
   */
  readonly retryAttempts?: number;
  /**
   * Seconds, 60 to 604,800, after which Lambda gives up a record.
   * @default - when it expires
   */
  readonly maxRecordAge?: number;
  /**
   * True to split a batch in two before a retry, if its handler threw.
   * @default true
   */
  readonly bisectBatchOnError?: boolean;
  /**
   * Concurrent batches of one shard, 1 to 10; records with the same key stay in order.
   * @default 1
   */
  readonly parallelizationFactor?: number;
  /**
   * Only records that match one of these reach the function.
   * @default - all records
   */
  readonly filters?: readonly Pattern[];
}
