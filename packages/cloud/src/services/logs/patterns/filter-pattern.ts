import { invalidParameter } from '../log-input.js';
import { parseColumnsPattern } from './columns-pattern.js';
import { parseJsonPattern } from './json-pattern.js';
import { type FilterPattern, PLAIN_MATCH } from './log-match.js';
import { PatternError } from './pattern-reader.js';
import { parseTermsPattern } from './terms-pattern.js';

/**
 * A filter pattern of CloudWatch Logs (user guide, "Filter pattern syntax"): terms, JSON or columns.
 *
 * @throws AwsError InvalidParameterException
 */
export function parseFilterPattern(pattern: string): FilterPattern {
  const text = pattern.trim();
  try {
    if (text === '' || text === '""') return () => PLAIN_MATCH;
    if (text.startsWith('{')) return parseJsonPattern(text);
    if (text.startsWith('[')) return parseColumnsPattern(text);
    return parseTermsPattern(text);
  } catch (error) {
    if (error instanceof PatternError) throw invalidParameter('Invalid filter pattern');
    throw error;
  }
}
