import type { StateValue } from './alarm-record.js';

/** Looks up the state of another alarm by its name or ARN; undefined if there is no such alarm. */
export type StateLookup = (alarm: string) => StateValue | undefined;

/** True if a composite alarm is in alarm. */
export type AlarmRule = (stateOf: StateLookup) => boolean;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]*"|'[^']*'|[^()"'\s]+)\s*\)|(AND|OR|NOT|TRUE|FALSE|\(|\)))/y;

/** The names and ARNs of the alarms in a rule, in its order. */
export function alarmsInRule(text: string): readonly string[] {
  const names = [...text.matchAll(new RegExp(TOKEN.source, 'g'))].flatMap(([, , quoted]) => quoted ?? []);
  return [...new Set(names.map(unquoted))];
}

const unquoted = (name: string): string => name.replace(/^["']|["']$/g, '');

/**
 * Compiles the rule of a composite alarm: `ALARM("a") AND NOT (OK(b) OR FALSE)`.
 * @returns undefined for what is no rule
 */
export function compileAlarmRule(text: string): AlarmRule | undefined {
  const tokens: (string | AlarmRule)[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return undefined;
    const [, state, quoted = '', word = ''] = match;
    const alarm = unquoted(quoted);
    tokens.push(state === undefined ? word : (stateOf) => stateOf(alarm) === state);
  }
  let at = 0;
  const whole = either();
  return whole && at === tokens.length ? whole : undefined;

  function either(): AlarmRule | undefined {
    let left = both();
    while (left && tokens[at] === 'OR') {
      at++;
      const [first, second]: (AlarmRule | undefined)[] = [left, both()];
      left = second && first && ((stateOf) => first(stateOf) || second(stateOf));
    }
    return left;
  }

  function both(): AlarmRule | undefined {
    let left = operand();
    while (left && tokens[at] === 'AND') {
      at++;
      const [first, second]: (AlarmRule | undefined)[] = [left, operand()];
      left = second && first && ((stateOf) => first(stateOf) && second(stateOf));
    }
    return left;
  }

  function operand(): AlarmRule | undefined {
    const token = tokens[at++];
    if (typeof token === 'function') return token;
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
    if (token === 'NOT') {
      const inner = operand();
      return inner && ((stateOf) => !inner(stateOf));
    }
    if (token !== '(') return undefined;
    const inner = either();
    return tokens[at++] === ')' ? inner : undefined;
  }
}
