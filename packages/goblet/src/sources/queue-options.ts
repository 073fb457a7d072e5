import type { Pattern } from './source.js';

/** How Lambda reads a queue. */
export interface QueueOptions {
  /**
   * 1 to 10,000. More than 10 requires a `batchWindow`; a FIFO queue allows at most 10.
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * Seconds, 0 to 300; not for a FIFO queue.
   * @default 0
   */
  readonly batchWindow?: number;
  /**
   * Concurrent batches, 2 to 1000.
   * @default - as many as Lambda allows
   */
  readonly maxConcurrency?: number;
  /** Only records that match one of these reach the function; Lambda deletes the others. @default - all do */
  readonly filters?: readonly Pattern[];
}
