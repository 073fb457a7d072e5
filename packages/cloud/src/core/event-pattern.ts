/** Whether a JSON value is one that a pattern asks for. */
export type Matches = (value: unknown) => boolean;

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Compiles a pattern as Lambda's event filters have them ("Filter rule syntax" of the Lambda developer guide): every
 * field has to match, one of a field's list is enough.
 * @throws Error that names what is wrong, or is not supported
 */
export function compileEventPattern(pattern: unknown): Matches {
  if (!isObject(pattern)) throw new Error('a pattern must be an object');
  const fields = Object.entries(pattern).map(([name, rule]): Matches => {
    if (name === '$or') return any(listOf(name, rule).map(compileEventPattern));
    const matches = Array.isArray(rule) ? any(rule.map(compileRule)) : each(compileEventPattern(rule));
    return (value) => matches(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);
  });
  return (value) => fields.every((matches) => matches(value));
}

const any =
  (alternatives: readonly Matches[]): Matches =>
  (value) =>
    alternatives.some((matches) => matches(value));

/** Where the event has an array, one of its elements has to match. */
const each =
  (matches: Matches): Matches =>
  (value) =>
    Array.isArray(value) ? value.some(matches) : matches(value);

function listOf(name: string, rule: unknown): readonly unknown[] {
  if (!Array.isArray(rule)) throw new Error(`${name} must be a list`);
  return rule;
}

function compileRule(rule: unknown): Matches {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) throw new Error('a list in a list is no rule');
    return each((value) => value === rule);
  }
  const [[name, operand] = ['', undefined], ...others] = Object.entries(rule);
  if (others.length > 0) throw new Error('a rule has one operator');
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new Error('exists must be true or false');
      return (value) => (value !== undefined && !isObject(value)) === operand;
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return each(textRule(name, operand));
    case 'anything-but':
      return compileAnythingBut(operand);
    case 'numeric':
      return each(compileNumeric(listOf(name, operand)));
    default:
      throw new Error(`the local cloud does not support the operator ${name} in a pattern`);
  }
}

function textRule(name: string, operand: unknown): Matches {
  if (typeof operand !== 'string') throw new Error(`${name} must be a string`);
  switch (name) {
    case 'prefix':
      return (value) => typeof value === 'string' && value.startsWith(operand);
    case 'suffix':
      return (value) => typeof value === 'string' && value.endsWith(operand);
    default:
      return (value) => typeof value === 'string' && value.toLowerCase() === operand.toLowerCase();
  }
}

/** A field that is not there is not anything but something. */
function compileAnythingBut(operand: unknown): Matches {
  const unwanted = isObject(operand) ? compileRule(operand) : any([operand].flat().map(compileRule));
  return each((value) => value !== undefined && !isObject(value) && !unwanted(value));
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `['>', 0, '<=', 5]` */
function compileNumeric(parts: readonly unknown[]): Matches {
  const conditions: ((value: number) => boolean)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const compare = COMPARISONS[String(parts[at])];
    const limit = parts[at + 1];
    if (compare === undefined || typeof limit !== 'number') throw new Error('numeric must be comparisons with numbers');
    conditions.push((value) => compare(value, limit));
  }
  if (conditions.length === 0) throw new Error('numeric must be comparisons with numbers');
  return (value) => typeof value === 'number' && conditions.every((holds) => holds(value));
}
