import type { StreamReading } from './event-source-mapping.js';

/** Records of a stream that a function is given together, and what it took so far. */
export interface StreamBatch<R> {
  readonly records: readonly R[];
  /** How often they were tried again. */
  readonly retries: number;
  readonly invocations: number;
}

/** The outcome of a batch. */
export interface BatchResult<R> {
  readonly handled: readonly R[];
  /** To be tried in this order, before anything that is behind them. */
  readonly again: readonly StreamBatch<R>[];
  /** Given up. */
  readonly lost?: StreamBatch<R>;
}

/**
 * The outcome of a batch that was passed to the function ("Using Lambda to process records from DynamoDB streams").
 * Lambda continues at the first record that was not handled. Splitting a batch does not count as a retry.
 * @param handled how many of its records were handled, from the first on
 */
export function afterInvocation<R>(
  batch: StreamBatch<R>,
  handled: number,
  { bisects, maxRetries }: Pick<StreamReading, 'bisects' | 'maxRetries'>,
): BatchResult<R> {
  const done = batch.records.slice(0, handled);
  const rest: StreamBatch<R> = {
    records: batch.records.slice(handled),
    retries: batch.retries,
    invocations: batch.invocations + 1,
  };
  const { records } = rest;
  if (records.length === 0) return { handled: done, again: [] };
  if (handled > 0) {
    // The rest is a batch of its own with all its retries.
    return { handled: done, again: [bisects ? rest : { records, retries: 0, invocations: 0 }] };
  }
  if (bisects && records.length > 1) {
    const middle = Math.ceil(records.length / 2);
    const halves = [records.slice(0, middle), records.slice(middle)];
    return { handled: done, again: halves.map((half) => ({ ...rest, records: half })) };
  }
  if (maxRetries !== -1 && batch.retries >= maxRetries) return { handled: done, again: [], lost: rest };
  return { handled: done, again: [{ ...rest, retries: batch.retries + 1 }] };
}
