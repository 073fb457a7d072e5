import { type FilterPattern, PLAIN_MATCH } from './log-match.js';
import { regularExpression } from './pattern-reader.js';

const TERM = /([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|(\S+))/g;

type Holds = (message: string) => boolean;

/**
 * For text without a structure: every term must be in the message, `-term` must not, of `?term`s one. A term between
 * percent signs is a regular expression.
 *
 * @throws PatternError
 */
export function parseTermsPattern(text: string): FilterPattern {
  const required: Holds[] = [];
  const excluded: Holds[] = [];
  const optional: Holds[] = [];
  for (const [, sign, quoted, expression, bare] of text.matchAll(TERM)) {
    const term = quoted === undefined ? (bare ?? '') : quoted.replace(/\\(.)/g, '$1');
    const regular = expression === undefined ? undefined : regularExpression(expression);
    const holds: Holds = regular ? (message) => regular(message) : (message) => message.includes(term);
    (sign === '?' ? optional : sign === '-' ? excluded : required).push(holds);
  }
  return (message) => {
    const matches =
      required.every((holds) => holds(message)) &&
      !excluded.some((holds) => holds(message)) &&
      // Beside terms without a mark, AWS ignores optional ones.
      (optional.length === 0 || required.length > 0 || optional.some((holds) => holds(message)));
    return matches ? PLAIN_MATCH : undefined;
  };
}
