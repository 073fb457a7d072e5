import type { DataStreamRecord } from './data-stream-record.js';
import type { EventFilter } from './event-filter.js';
import { compileTextOrJson } from './text-or-json.js';

/**
 * True if a record matches one pattern of a mapping, which sees the members of `kinesis` with the data as it was put
 * ("Using event filtering with a Kinesis event source").
 * @throws Error for an invalid pattern
 */
export function compileDataPattern(text: string): EventFilter<DataStreamRecord> {
  const matches = compileTextOrJson(text, 'data');
  return ({ kinesis }) => matches(kinesis, () => Buffer.from(kinesis.data, 'base64').toString());
}
