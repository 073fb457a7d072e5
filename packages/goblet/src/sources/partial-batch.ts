import type { Batch, LogRecord } from './batch.js';
import { RecordRefused } from './record-refused.js';

/** What the records have in common that can be given back one by one. */
export interface Returnable {
  /** Gives the record back to its source; the others stay done, but for later ones of an order that has to be kept. */
  fail(reason?: unknown): void;
  /** Whether it goes back: it failed, or one before it in an order that has to be kept did. */
  readonly failed: boolean;
}

/** A record as it was delivered. */
export interface Delivered {
  /** What names it to Lambda. */
  readonly id: string;
  /** Records of one order are handled one after the other: when one goes back, so do all later ones. */
  readonly order: string | undefined;
  /** @throws what keeps the record from the handler */
  decode(): unknown;
}

/**
 * The records of a batch that is answered with those that failed (`batchItemFailures`). A record that is refused is
 * logged and given back, and so are those behind it in its order, which would be handled before it otherwise.
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
