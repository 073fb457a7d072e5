import type { EventEntry } from './book.js';
import type { Connections } from './connections.js';
import type { Container } from './container.js';
import { childLogger } from './logger.js';
import type { LambdaContext } from './route-types.js';
import type { AppRuntime } from './runtime.js';

/** The decoded records of an event, and what Lambda is answered when the handler is done. */
export interface Batch {
  readonly records: readonly unknown[];
  answer(result: unknown): unknown;
  /** What Lambda is answered where the handler threw this; `undefined` where the invocation fails, as it does without. */
  refusal?(error: unknown): unknown;
}

/** Logs what keeps a record from the handler. */
export type LogRecord = (message: string, fields: object) => void;

/** How connections are reached by the callback URL of their API. */
export type Reach = (callbackUrl: string) => Connections;

/** How a kind of source reads its events; carried by the source, so that an app has only the readers it uses. */
export type ReadBatch = (event: unknown, log: LogRecord, runtime: AppRuntime) => Batch | Promise<Batch>;

/** What answers the events of a source. */
export function eventHandler(container: Container, entry: EventEntry, read: ReadBatch) {
  return async (event: unknown, context: LambdaContext): Promise<unknown> => {
    const log = childLogger(container.log, { requestId: context?.awsRequestId, source: entry.name });
    const batch = await read(event, (message, fields) => log.error(message, fields), container.runtime);
    const { records } = batch;
    if (!records.length) return batch.answer(undefined);
    let result: unknown;
    try {
      const { deps, env } = container;
      result = await entry.handler({ records, deps, env, event, context, log });
    } catch (error) {
      const refusal = batch.refusal?.(error);
      if (refusal !== undefined) return refusal;
      log.error('The event handler failed', { error });
      throw error;
    }
    return batch.answer(result);
  };
}
