import type { Container } from './container.js';
import { childLogger } from './logger.js';
import type { EventEntry } from './recorder.js';
import type { LambdaContext } from './route-types.js';

/** The decoded records of an event, and what Lambda is answered when the handler is done. */
export interface Batch {
  readonly records: readonly unknown[];
  answer(result: unknown): unknown;
}

/** Logs what keeps a record from the handler. */
export type LogRecord = (message: string, fields: object) => void;

/** How a kind of source reads its events; carried by the source, so that an app has only the readers it uses. */
export type ReadBatch = (event: unknown, log: LogRecord) => Batch | Promise<Batch>;

/** What answers the events of a source. */
export function eventHandler(container: Container, entry: EventEntry, read: ReadBatch) {
  return async (event: unknown, context: LambdaContext): Promise<unknown> => {
    const log = childLogger(container.log, { requestId: context?.awsRequestId, source: entry.name });
    const batch = await read(event, (message, fields) => log.error(message, fields));
    return batch.answer(batch.records.length ? await handle(batch.records) : undefined);

    async function handle(records: Batch['records']): Promise<unknown> {
      try {
        const { deps, env } = container;
        return await entry.handler({ records, deps, env, event, context, log });
      } catch (error) {
        log.error('The event handler failed', { error });
        throw error;
      }
    }
  };
}
