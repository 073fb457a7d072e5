import type { EventEntry } from '../declare/declarations.js';
import type { LambdaContext } from '../declare/route-types.js';
import type { ReadBatch } from '../sources/batch.js';
import type { Container } from './container.js';
import type { Handle } from './lambda-types.js';
import { childLogger } from './logger.js';

/** The handler of a source's events. */
function eventHandler(container: Container, entry: EventEntry, read: ReadBatch): Handle {
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

/** The handler of the source of this name. */
export function sourceHandler(container: Container, name: string | undefined): Handle | undefined {
  const { events, sources } = container.runtime;
  const entry = events.find((event) => event.name === name);
  return entry && eventHandler(container, entry, sources[entry.name]?.options.read as ReadBatch);
}
