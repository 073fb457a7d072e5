import { parseJson } from '../../../core/json.js';
import { compileEventPattern } from '../../../kit/event-pattern/event-pattern.js';

/**
 * True if a record matches one pattern of a mapping, where one member of it may be text or JSON. Where the pattern is for
 * one of them and the record has the other, they do not match ("Filtering event messages", for SQS and for Kinesis).
 *
 * @param member its name: `body`
 * @throws Error for an invalid pattern
 */
export function compileTextOrJson(text: string, member: string): (record: object, sent: () => string) => boolean {
  const pattern: unknown = parseJson(text);
  const matches = compileEventPattern(pattern, 'lambda');
  const wanted: unknown = typeof pattern === 'object' && pattern !== null ? Reflect.get(pattern, member) : undefined;
  if (wanted === undefined) return matches;
  const asText = Array.isArray(wanted);
  return (record, sent) => {
    const value = sent();
    const json = objectIn(value);
    if (asText) return json === undefined && matches({ ...record, [member]: value });
    return json !== undefined && matches({ ...record, [member]: json });
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
