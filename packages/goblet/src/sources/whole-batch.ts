import { recordsDiffer } from '../errors/records.js';
import type { Batch, LogRecord } from './batch.js';
import type { Delivered } from './partial-batch.js';
import { logRefusal } from './partial-batch.js';
import { RecordRefused } from './record-refused.js';

/**
 * The records of an asynchronous invocation, which succeeds or fails as a whole. A record that does not match makes it
 * fail after the handler has processed the others. Lambda then retries, and keeps the event if the function has a
 * destination for failures ("Asynchronous invocation").
 */
export async function wholeBatch(delivered: readonly Omit<Delivered, 'order'>[], log: LogRecord): Promise<Batch> {
  const records: unknown[] = [];
  const refused: unknown[] = [];
  for (const { id, decode } of delivered) {
    try {
      records.push(await decode());
    } catch (error) {
      refused.push(error instanceof RecordRefused ? error.issues : error);
      logRefusal(id, error, log);
    }
  }
  const answer = () => {
    if (refused.length) throw new RecordRefused(refused, recordsDiffer(refused.length, delivered.length));
  };
  return { records, answer };
}
