import { parseJson } from '../../../core/json.js';
import { compileEventPattern } from '../../../kit/event-pattern/event-pattern.js';
import type { EventFilter } from './event-filter.js';
import type { StreamEventRecord } from './table-stream-record.js';

/**
 * True if a record matches one pattern of a mapping, which sees it as the function does ("Using event filtering with a
 * DynamoDB event source").
 * @throws Error for what is no pattern
 */
export function compileStreamPattern(text: string): EventFilter<StreamEventRecord> {
  return compileEventPattern(parseJson(text), 'lambda');
}
