import { isObject } from '../../core/json.js';
import { below, PatternError } from './pattern-error.js';
import { any, compileRule, each, type Matches, type PatternDialect } from './pattern-rule.js';

/**
 * Compiles an event pattern, as EventBridge's rules and Lambda's event filters have them: every field has to match, one of
 * a field's list is enough ("Event patterns" of the EventBridge user guide).
 * @throws PatternError that says what is wrong
 */
export function compileEventPattern(pattern: unknown, dialect: PatternDialect): Matches {
  if (!isObject(pattern)) throw new PatternError('Filter is not an object', 'start');
  const fields = Object.entries(pattern).map(
    ([name, rule]): Matches =>
      below(name, () => {
        if (isAlternatives(name, rule)) {
          return any(rule.map((one, index) => below(index, () => compileEventPattern(one, dialect))));
        }
        const matches = compileField(name, rule, dialect);
        return (value) => matches(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
      }),
  );
  return (value) => fields.every((matches) => matches(value));
}

/** With one alternative, or anything else below it, `$or` is a field as any other. */
function isAlternatives(name: string, rule: unknown): rule is readonly unknown[] {
  return name === '$or' && Array.isArray(rule) && rule.length > 1 && rule.every(isObject);
}

function compileField(name: string, rule: unknown, dialect: PatternDialect): Matches {
  if (Array.isArray(rule)) {
    if (rule.length === 0) throw new PatternError('Empty arrays are not allowed', 'end');
    return any(rule.map((one, index) => below(index, () => compileRule(one, dialect))));
  }
  if (!isObject(rule)) throw new PatternError(`"${name}" must be an object or an array`, 'start');
  if (Object.keys(rule).length === 0) throw new PatternError('Empty objects are not allowed', 'end');
  return each(compileEventPattern(rule, dialect));
}
