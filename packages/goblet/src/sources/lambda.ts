import type { ReadBatch } from './batch.js';
import { newSource, onlyOne, type Source } from './source.js';

const readDirect: ReadBatch = (given) => ({ records: [given], answer: (result) => result });

/**
 * A function that is invoked directly: one record, the payload; what the handler returns is the answer.
 * @example
 * const app = new App('prices', { sources: { quote: lambda() } });
 * app.on('quote', ({ records: [payload] }) => quoteFor(payload));
 */
export function lambda(): Source<'lambda', unknown, unknown> {
  return newSource('lambda', {}, { read: readDirect, event: onlyOne });
}
