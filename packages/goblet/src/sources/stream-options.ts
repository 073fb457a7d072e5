import { checkRange } from './option-range.js';
import { RecordRefused } from './record-refused.js';
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

/**
 * The complete options, as in the inventory.
 * @param declare the function with which the app declares the source
 * @throws DeclarationError for options that Lambda does not accept
 */
export function streamOptions(declare: Function, options: StreamOptions = {}): StreamOptions {
  checkOptions(declare, options);
  return { startingPosition: 'TRIM_HORIZON', bisectBatchOnError: true, ...options };
}

function checkOptions(declare: Function, options: StreamOptions): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  checkRange(declare, 'batchSize', options.batchSize, 1, 10_000);
  checkRange(declare, 'batchWindow', options.batchWindow, 0, 300);
  checkRange(declare, 'retryAttempts', options.retryAttempts, 0, 10_000);
  checkRange(declare, 'maxRecordAge', options.maxRecordAge, 60, 604_800);
  checkRange(declare, 'parallelizationFactor', options.parallelizationFactor, 1, 10);
}

/** Records of a stream are in order, and Lambda continues from the first that failed. */
export const STREAM_ORDER = 'stream';

/**
 * Streams give time in seconds with a fraction.
 * @throws RecordRefused for an invalid time
 */
export function timeOf(seconds: number): Date {
  const time = new Date(Math.round(seconds * 1000));
  if (Number.isNaN(time.getTime())) throw new RecordRefused(`${seconds} is not a time`);
  return time;
}
