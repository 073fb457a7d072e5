import { compileEventPattern } from '../../../core/event-pattern.js';
import type { QueueEventRecord } from './queue-event.js';

export type QueueFilter = (record: QueueEventRecord) => boolean;

/** One pattern of a mapping: text of JSON. */
function compilePattern(text: string): QueueFilter {
  const pattern: unknown = JSON.parse(text);
  const matches = compileEventPattern(pattern);
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
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether a message is one that a mapping's function is to have: one pattern is enough, and so is none.
 * @throws Error for what is no pattern
 */
export function queueFilter(patterns: readonly string[]): QueueFilter {
  const filters = patterns.map(compilePattern);
  return (record) => filters.length === 0 || filters.some((matches) => matches(record));
}
