import { parseJson } from '../../../core/json.js';
import { withNestedFields } from '../../../kit/event-pattern/dotted-fields.js';
import { compileEventPattern } from '../../../kit/event-pattern/event-pattern.js';
import { PatternError } from '../../../kit/event-pattern/pattern-error.js';
import { reasonOf } from '../../../kit/event-pattern/pattern-reason.js';
import type { Matches } from '../../../kit/event-pattern/pattern-rule.js';
import { invalidPattern } from '../events-error.js';

/** @throws AwsError InvalidEventPatternException */
export function compilePattern(text: string): Matches {
  try {
    const pattern: unknown = parseJson(text);
    const written = compileEventPattern(pattern, 'eventbridge');
    if (Object.keys(pattern ?? {}).length === 0) throw new PatternError('Empty objects are not allowed', 'end');
    const nested = withNestedFields(pattern);
    const matches = nested === pattern ? written : compileEventPattern(nested, 'eventbridge');
    return (event) => matches(withNestedFields(event));
  } catch (error) {
    if (error instanceof PatternError) throw invalidPattern(reasonOf(error, text));
    throw invalidPattern(error instanceof Error ? error.message : String(error));
  }
}
