import type { Container } from './container.js';
import { childLogger } from './logger.js';
import type { EventEntry } from './recorder.js';
import type { LambdaContext } from './route-types.js';

/** The decoded records of an event, and what Lambda is answered when the handler is done. */
export interface Batch {
  readonly records: readonly unknown[];
  answer(result: unknown): unknown;
}

/** How a kind of source reads its events; carried by the source, so that an app has only the readers it uses. */
export type ReadBatch = (event: unknown, log: (message: string, fields: object) => void) => Batch | Promise<Batch>;

/** What answers the events of a source. */
export function eventHandler(container: Container, entry: EventEntry, read: ReadBatch) {
  return async (event: unknown, context: LambdaContext): Promise<unknown> => {
    const log = childLogger(container.log, { requestId: context?.awsRequestId, source: entry.name });
    const batch = await read(event, (message, fields) => log.error(message, fields));
    try {
      const { deps, env } = container;
      const result = await entry.handler({ records: batch.records, deps, env, event, context, log });
      return batch.answer(result);
    } catch (error) {
      log.error('The event handler failed', { error });
      throw error;
    }
  };
}
