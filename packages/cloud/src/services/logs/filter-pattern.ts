import { invalidParameter } from './log-input.js';

/** True if a message matches. */
export type FilterPattern = (message: string) => boolean;

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g;

/**
 * A filter pattern of CloudWatch Logs (user guide, "Filter pattern syntax") for unstructured text: every term must be
 * in the message, `-term` must not, of `?term`s one. Throws InvalidParameterException for patterns that look into
 * JSON, columns or regular expressions: the local cloud has none of them.
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  if (text === '') return () => true;
  if (/^[{[%]/.test(text)) {
    const kind = text.startsWith('{') ? 'JSON' : text.startsWith('[') ? 'space-delimited' : 'regular expression';
    throw invalidParameter(`The local cloud does not support ${kind} filter patterns: ${text}`);
  }
  const required: string[] = [];
  const excluded: string[] = [];
  const optional: string[] = [];
  for (const [, sign, quoted, bare] of text.matchAll(TERM)) {
    const term = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
    if (sign === '?') optional.push(term);
    else if (sign === '-') excluded.push(term);
    else required.push(term);
  }
  return (message) =>
    required.every((term) => message.includes(term)) &&
    !excluded.some((term) => message.includes(term)) &&
    // Beside terms without a mark, AWS ignores optional ones.
    (optional.length === 0 || required.length > 0 || optional.some((term) => message.includes(term)));
}
