import { BlockList, isIP } from 'node:net';
import { isObject } from '../../core/json.js';
import { ANY, compileGlob, type Glob, literal } from '../../core/wildcard.js';
import { below, inList, PatternError } from './pattern-error.js';

/** True if a JSON value is one that a pattern asks for. */
export type Matches = (value: unknown) => boolean;

/** Who reads the pattern. */
export type PatternDialect = 'lambda' | 'sns' | 'eventbridge';

/**
 * Operators that not everybody has: "Filter rule syntax" of the Lambda developer guide, "String value matching" of the SNS
 * developer guide and "Comparison operators" of the EventBridge user guide.
 */
const SPECIAL: Readonly<Record<string, readonly PatternDialect[]>> = {
  cidr: ['sns', 'eventbridge'],
  wildcard: ['eventbridge'],
};

export const any =
  (alternatives: readonly Matches[]): Matches =>
  (value) =>
    alternatives.some((matches) => matches(value));

/** Where the event has an array, one of its elements has to match. */
export const each =
  (matches: Matches): Matches =>
  (value) =>
    Array.isArray(value) ? value.some(matches) : matches(value);

/**
 * One element of a field's list: a value, or an operator with its operand.
 * @throws PatternError in the words of EventBridge's own parser
 */
export function compileRule(rule: unknown, dialect: PatternDialect): Matches {
  if (!isObject(rule)) {
    if (Array.isArray(rule))
      throw new PatternError('Match value must be String, number, true, false, or null', 'start');
    return each((value) => value === rule);
  }
  const [[name, operand] = [undefined, undefined], ...others] = Object.entries(rule);
  if (name === undefined) throw new PatternError('Match expression name not found', 'end');
  const matches = below(name, () => compileOperator(name, operand, dialect));
  if (others.length > 0) throw new PatternError('Only one key allowed in match expression', 'start');
  return matches;
}

function compileOperator(name: string, operand: unknown, dialect: PatternDialect): Matches {
  if (SPECIAL[name]?.includes(dialect) === false) throw new PatternError(`Unrecognized match type ${name}`, 'start');
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') {
        throw new PatternError('exists match pattern must be either true or false.', 'start');
      }
      return (value) => isLeaf(value) === operand;
    case 'anything-but':
      return compileAnythingBut(operand, dialect);
    case 'numeric':
      return each(compileNumeric(operand));
    case 'cidr':
      return each(compileCidr(operand));
    default: {
      const compile = TEXT_RULES[name];
      if (compile === undefined) throw new PatternError(`Unrecognized match type ${name}`, 'start');
      return each(textRule(compile(name, operand)));
    }
  }
}

/** A value that patterns see: objects and empty lists are none. */
function isLeaf(value: unknown): boolean {
  return Array.isArray(value) ? value.some(isLeaf) : value !== undefined && !isObject(value);
}

type MatchesText = (value: string) => boolean;

const textRule =
  (matches: MatchesText): Matches =>
  (value) =>
    typeof value === 'string' && matches(value);

const lower = (text: string): string => text.toLowerCase();

function textOf(name: string, operand: unknown): string {
  if (typeof operand !== 'string') throw new PatternError(`${name} match pattern must be a string`, 'start');
  return operand;
}

/** `'x'`, or `{ 'equals-ignore-case': 'x' }`, of which the case does not matter. */
function compileEnd(name: string, operand: unknown, has: (value: string, end: string) => boolean): MatchesText {
  if (!isObject(operand)) {
    const end = textOf(name, operand);
    return (value) => has(value, end);
  }
  const [[inner, text] = ['', undefined], ...others] = Object.entries(operand);
  if (inner !== 'equals-ignore-case' || others.length > 0) {
    throw new PatternError(`Unsupported ${name} pattern: ${inner}`, 'start');
  }
  const end = lower(below(inner, () => textOf(inner, text)));
  return (value) => has(lower(value), end);
}

const TEXT_RULES: Readonly<Record<string, (name: string, operand: unknown) => MatchesText>> = {
  prefix: (name, operand) => compileEnd(name, operand, (value, end) => value.startsWith(end)),
  suffix: (name, operand) => compileEnd(name, operand, (value, end) => value.endsWith(end)),
  'equals-ignore-case': (name, operand) => {
    const text = lower(textOf(name, operand));
    return (value) => lower(value) === text;
  },
  wildcard: (name, operand) => compileGlob(simple(wildcards(textOf(name, operand)))),
};

/** Wildcards with the same character behind them, beyond which EventBridge has too many ways to match. */
const MOST_ALIKE = 4;

/** @throws PatternError for a pattern that many of its wildcards can match at once */
function simple(glob: Glob): Glob {
  const behind = new Map<number, number>();
  for (const [at, unit] of glob.entries()) {
    const next = glob[at + 1];
    if (unit === ANY && next !== undefined) behind.set(next, (behind.get(next) ?? 0) + 1);
  }
  if (Math.max(0, ...behind.values()) <= MOST_ALIKE) return glob;
  throw new PatternError(
    'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
  );
}

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
function wildcards(text: string): Glob {
  const units: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') {
      const next = text.charAt(++at);
      if (next !== '*' && next !== '\\') throw new PatternError(`Invalid escape character at pos ${at}`, 'end');
      units.push(...literal(next));
    } else if (char === '*') {
      // EventBridge counts the quote that opens the text.
      if (units.at(-1) === ANY) throw new PatternError(`Consecutive wildcard characters at pos ${at}`, 'end');
      units.push(ANY);
    } else {
      units.push(...literal(char));
    }
  }
  return units;
}

/** A field that is not there is not anything but something; null is. */
function compileAnythingBut(operand: unknown, dialect: PatternDialect): Matches {
  const unwanted = any(isObject(operand) ? unwantedTexts(operand, dialect) : unwantedValues(operand));
  return each((value) => value !== undefined && !isObject(value) && !unwanted(value));
}

const NO_VALUE = 'Value of anything-but must be an array or single string/number value.';

function unwantedValues(operand: unknown): readonly Matches[] {
  if (!Array.isArray(operand)) {
    if (!isTextOrNumber(operand)) throw new PatternError(NO_VALUE, 'start');
    return [(value) => value === operand];
  }
  const other = operand.findIndex((unwanted) => !isTextOrNumber(unwanted));
  if (other !== -1) {
    const reason = 'Inside anything but list, start|null|boolean is not supported.';
    throw new PatternError(reason, 'start', [other], true);
  }
  if (new Set(operand.map((unwanted) => typeof unwanted)).size !== 1) {
    const reason = 'Inside anything but list, either all values are number or string, mixed type is not supported';
    throw new PatternError(reason, 'end');
  }
  return operand.map((unwanted) => (value) => value === unwanted);
}

const isTextOrNumber = (value: unknown): value is string | number =>
  typeof value === 'string' || typeof value === 'number';

/** The message of `anything-but` for an operand that is no text, by the operator that it excludes. */
const UNWANTED: Readonly<Record<string, string>> = {
  prefix: 'prefix/suffix match pattern must be a string',
  suffix: 'prefix/suffix match pattern must be a string',
  'equals-ignore-case': 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.',
  wildcard: 'wildcard match pattern must be a string',
};

/** `{ prefix: 'x' }`, or `{ prefix: ['x', 'y'] }` */
function unwantedTexts(operand: Readonly<Record<string, unknown>>, dialect: PatternDialect): readonly Matches[] {
  const [[name, texts] = [undefined, undefined], ...others] = Object.entries(operand);
  if (name === undefined) throw new PatternError('Anything-But expression name not found', 'end');
  const compile = (text: unknown): Matches => {
    if (isObject(text)) throw new PatternError(NO_VALUE, 'start');
    if (typeof text !== 'string') throw new PatternError(UNWANTED[name] ?? '', 'start');
    if (text === '' && name.endsWith('fix')) throw new PatternError('Null prefix/suffix not allowed', 'end');
    return compileRule({ [name]: text }, dialect);
  };
  const unwanted = below(name, () => {
    if (!(name in UNWANTED)) throw new PatternError(`Unsupported anything-but pattern: ${name}`, 'start');
    if (!Array.isArray(texts)) return [compile(texts)];
    return inList(() => texts.map((text, index) => below(index, () => compile(text))));
  });
  if (others.length > 0) throw new PatternError('Only one key allowed in match expression', 'start');
  return unwanted;
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** How EventBridge calls an operator whose limit is no number. */
const NAMES: Readonly<Record<string, string>> = { '=': 'equals' };
/** Operators that begin a range, and those that end it. */
const LOWER = ['>', '>='];
const UPPER = ['<', '<='];

/** `['=', 5]`, `['>', 0]`, or a range: `['>', 0, '<=', 5]` */
function compileNumeric(operand: unknown): Matches {
  if (!Array.isArray(operand)) throw new PatternError('Value of numeric must be an array.', 'start');
  const parts: readonly unknown[] = operand;
  const first = readComparison(parts, 0);
  const range = parts.length > 2 && LOWER.includes(String(parts[0]));
  const second = range ? readComparison(parts, 2) : undefined;
  const length = range ? 4 : 2;
  if (parts.length > length) {
    const reason = range ? 'Too many terms in numeric range expression' : 'Too many elements in numeric expression';
    throw new PatternError(reason, 'start', [length]);
  }
  if (range && Number(parts[1]) >= Number(parts[3])) throw new PatternError('Bottom must be less than top', 'end');
  return (value) => typeof value === 'number' && first(value) && (second?.(value) ?? true);
}

/** The operator at an index of a numeric expression, and the limit behind it. */
function readComparison(parts: readonly unknown[], at: number): (value: number) => boolean {
  const operator = below(at, () => readOperator(parts, at));
  const limit = parts[at + 1];
  const compare = COMPARISONS[operator];
  if (typeof limit === 'number' && compare) return (value) => compare(value, limit);
  const reason = `Value of ${NAMES[operator] ?? operator} must be numeric`;
  throw at + 1 < parts.length ? new PatternError(reason, 'start', [at + 1]) : new PatternError(reason, 'end');
}

function readOperator(parts: readonly unknown[], at: number): string {
  const operator = parts[at];
  if (typeof operator !== 'string') {
    const what = at === 0 ? 'Invalid member in numeric match' : 'Bad value in numeric range';
    throw new PatternError(`${what}: ${JSON.stringify(operator)}`, 'start');
  }
  if (at > 0 && !UPPER.includes(operator)) throw new PatternError(`Bad numeric range operator: ${operator}`, 'end');
  if (!Object.hasOwn(COMPARISONS, operator)) {
    throw new PatternError(`Unrecognized numeric range operator: ${operator}`, 'end');
  }
  return operator;
}

/** `10.0.0.0/24`, of either version of IP. */
function compileCidr(operand: unknown): Matches {
  // In the words of EventBridge, which speaks of a prefix here.
  const text = textOf('prefix', operand);
  const [address = '', bits = '', ...others] = text.split('/');
  if (others.length > 0 || !text.includes('/')) throw new PatternError("Malformed CIDR, one '/' required");
  if (!/^[+-]?\d+$/.test(bits)) throw new PatternError('Malformed CIDR, mask bits must be an integer');
  const prefix = Number(bits);
  if (prefix < 0) throw new PatternError('Malformed CIDR, mask bits must not be negative');
  const version = isIP(address);
  if (version === 0) throw new PatternError(`Nonstandard IP address: ${address}`);
  const most = version === 4 ? 32 : 128;
  if (prefix >= most) throw new PatternError(`IPv${version} mask bits must be < ${most}`);
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, prefix, family);
  return (value) => typeof value === 'string' && isIP(value) === version && block.check(value, family);
}
