import type { Batch, LogRecord } from './batch.js';
import { RecordRefused } from './record-refused.js';

/** The common interface of records that can be returned one by one. */
export interface Returnable {
  /** Returns the record to its source. The others stay done, except later ones in the same order. */
  fail(reason?: unknown): void;
  /** True if the record will be returned, because it or an earlier one in the same order failed. */
  readonly failed: boolean;
}

/** A record as delivered. */
export interface Delivered {
  /** Identifies the record to Lambda. */
  readonly id: string;
  /** Records with the same order are handled one after the other: if one is returned, so are all later ones. */
  readonly order: string | undefined;
  /** @throws the reason why the record cannot reach the handler */
  decode(): unknown;
}

/**
 * The records of a batch whose answer lists those that failed (`batchItemFailures`). A record that does not match is
 * logged and returned. So are the records behind it in its order, which would otherwise be handled before it.
 */
export async function partialBatch(delivered: readonly Delivered[], log: LogRecord): Promise<Batch> {
  const failed = new Set<string>();
  const firstFailed = new Map<string, number>();
  const goesBack = ({ id, order }: Delivered, at: number): boolean =>
    failed.has(id) || (order !== undefined && (firstFailed.get(order) ?? at) < at);
  const giveBack = ({ id, order }: Delivered, at: number): void => {
    failed.add(id);
    if (order !== undefined) firstFailed.set(order, Math.min(at, firstFailed.get(order) ?? at));
  };
  const records: unknown[] = [];
  for (const [at, one] of delivered.entries()) {
    if (goesBack(one, at)) continue;
    try {
      const record = (await one.decode()) as object;
      records.push({
        ...record,
        fail(reason?: unknown) {
          giveBack(one, at);
          log('The record failed', { record: one.id, reason });
        },
        get failed() {
          return goesBack(one, at);
        },
      });
    } catch (error) {
      giveBack(one, at);
      logRefusal(one.id, error, log);
    }
  }
  const answer = () => ({
    batchItemFailures: delivered.filter(goesBack).map(({ id }) => ({ itemIdentifier: id })),
  });
  return { records, answer };
}

export function logRefusal(record: string, error: unknown, log: LogRecord): void {
  const why = error instanceof RecordRefused ? { issues: error.issues } : { error };
  log('The record does not match its schema', { record, ...why });
}
