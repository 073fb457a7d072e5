import { compileEventPattern } from '../../kit/event-pattern/event-pattern.js';
import { placeOf } from '../../kit/event-pattern/json-place.js';
import { PatternError } from '../../kit/event-pattern/pattern-error.js';
import type { Matches } from '../../kit/event-pattern/pattern-rule.js';
import { invalidPattern } from './events-error.js';

/** @throws AwsError InvalidEventPatternException */
export function compilePattern(text: string): Matches {
  try {
    const pattern: unknown = JSON.parse(text);
    const matches = compileEventPattern(pattern, 'eventbridge');
    if (Object.keys(pattern ?? {}).length === 0) throw new PatternError('Empty objects are not allowed', 'end');
    return matches;
  } catch (error) {
    if (error instanceof PatternError) throw invalidPattern(reasonOf(error, text));
    throw invalidPattern(error instanceof Error ? error.message : String(error));
  }
}

/** The reason, and behind it the place as EventBridge's parser of JSON gives it. */
function reasonOf({ message, path, reached, listed }: PatternError, text: string): string {
  const extent = reached && placeOf(text, path);
  if (!extent) return message;
  // Of texts, lists and objects the parser has read the first character alone when it looks at them.
  const atStart = reached === 'start' && /["{[]/.test(text.charAt(extent.from));
  const read = text.slice(0, atStart ? extent.from + 1 : extent.to);
  const line = read.split('\n').length;
  const column = read.length - read.lastIndexOf('\n');
  const place = `\n at [Source: (String)"${text}"; line: ${line}, column: ${column}]`;
  return message + (listed ? place + place : place);
}
