import { parseJson } from '../../../core/json.js';
import { compileEventPattern } from '../../../kit/event-pattern/event-pattern.js';
import type { EventFilter } from './event-filter.js';
import type { QueueEventRecord } from './queue-event.js';

/**
 * True if a message matches one pattern of a mapping.
 * @throws Error for what is no pattern
 */
export function compileQueuePattern(text: string): EventFilter<QueueEventRecord> {
  const pattern: unknown = parseJson(text);
  const matches = compileEventPattern(pattern, 'lambda');
  const body: unknown = typeof pattern === 'object' && pattern !== null ? Reflect.get(pattern, 'body') : undefined;
  if (body === undefined) return matches;
  // Where one is text and the other JSON, they do not match ("Filtering event messages from Amazon SQS").
  const asText = Array.isArray(body);
  return (record) => {
    const json = objectIn(record.body);
    if (asText) return json === undefined && matches(record);
    return json !== undefined && matches({ ...record, body: json });
  };
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = parseJson(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
