import type { EventFilter } from './event-filter.js';
import type { QueueEventRecord } from './queue-event.js';
import { compileTextOrJson } from './text-or-json.js';

/**
 * True if a message matches one pattern of a mapping.
 * @throws Error for an invalid pattern
 */
export function compileQueuePattern(text: string): EventFilter<QueueEventRecord> {
  const matches = compileTextOrJson(text, 'body');
  return (record) => matches(record, () => record.body);
}
