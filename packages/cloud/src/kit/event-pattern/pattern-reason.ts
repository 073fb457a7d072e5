import { placeOf } from './json-place.js';
import type { PatternError } from './pattern-error.js';

/** The reason, and behind it the place as AWS's parser of JSON gives it. */
export function reasonOf({ message, path, reached, listed }: PatternError, text: string): string {
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
