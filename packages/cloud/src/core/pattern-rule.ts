import { BlockList, isIP } from 'node:net';
import { ANY, compileGlob, type Glob, literal } from './wildcard.js';

/** Whether a JSON value is one that a pattern asks for. */
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

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

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
 * @throws Error in the words of EventBridge's own parser, as far as they are on record
 */
export function compileRule(rule: unknown, dialect: PatternDialect): Matches {
  if (!isObject(rule)) {
    if (Array.isArray(rule)) throw new Error('Match value must be String, number, true, false, or null');
    return each((value) => value === rule);
  }
  const [[name, operand] = ['', undefined], ...others] = Object.entries(rule);
  if (others.length > 0) throw new Error('Only one key allowed in match expression');
  if (SPECIAL[name]?.includes(dialect) === false) throw new Error(`Unrecognized match type ${name}`);
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') throw new Error('exists match pattern must be either true or false.');
      return (value) => isLeaf(value) === operand;
    case 'anything-but':
      return compileAnythingBut(operand, dialect);
    case 'numeric':
      return each(compileNumeric(operand));
    case 'cidr':
      return each(compileCidr(operand));
    default: {
      const compile = TEXT_RULES[name];
      if (compile === undefined) throw new Error(`Unrecognized match type ${name}`);
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
  if (typeof operand !== 'string') throw new Error(`${name} match pattern must be a string`);
  return operand;
}

/** `'x'`, or `{ 'equals-ignore-case': 'x' }`, of which the case does not matter. */
function compileEnd(name: string, operand: unknown, has: (value: string, end: string) => boolean): MatchesText {
  if (!isObject(operand)) {
    const end = textOf(name, operand);
    return (value) => has(value, end);
  }
  const [[inner, text] = ['', undefined], ...others] = Object.entries(operand);
  if (inner !== 'equals-ignore-case' || others.length > 0) throw new Error(`Unsupported ${name} pattern: ${inner}`);
  const end = lower(textOf(inner, text));
  return (value) => has(lower(value), end);
}

const TEXT_RULES: Readonly<Record<string, (name: string, operand: unknown) => MatchesText>> = {
  prefix: (name, operand) => compileEnd(name, operand, (value, end) => value.startsWith(end)),
  suffix: (name, operand) => compileEnd(name, operand, (value, end) => value.endsWith(end)),
  'equals-ignore-case': (name, operand) => {
    const text = lower(textOf(name, operand));
    return (value) => lower(value) === text;
  },
  wildcard: (name, operand) => compileGlob(wildcards(textOf(name, operand))),
};

/** `*` is any run of characters; `\*` and `\\` are the characters themselves. */
function wildcards(text: string): Glob {
  const units: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\') {
      const next = text.charAt(++at);
      if (next !== '*' && next !== '\\') throw new Error(`Invalid escape character at pos ${at - 1}`);
      units.push(...literal(next));
    } else if (char === '*') {
      if (units.at(-1) === ANY) throw new Error(`Consecutive wildcard characters at pos ${at - 1}`);
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

function unwantedValues(operand: unknown): readonly Matches[] {
  const values = [operand].flat();
  if (values.length === 0) throw new Error('Empty arrays are not allowed');
  return values.map((unwanted) => {
    if (typeof unwanted !== 'string' && typeof unwanted !== 'number') {
      throw new Error('Inside anything-but, values must be strings or numbers');
    }
    return (value) => value === unwanted;
  });
}

/** `{ prefix: 'x' }`, or `{ prefix: ['x', 'y'] }` */
function unwantedTexts(operand: Readonly<Record<string, unknown>>, dialect: PatternDialect): readonly Matches[] {
  const [[name, texts] = ['', undefined], ...others] = Object.entries(operand);
  if (others.length > 0) throw new Error('Only one key allowed in match expression');
  if (!(name in TEXT_RULES)) throw new Error(`Unsupported anything-but pattern: ${name}`);
  return [texts].flat().map((text) => compileRule({ [name]: text }, dialect));
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
};

/** `['=', 5]`, `['>', 0]`, or a range: `['>', 0, '<=', 5]` */
function compileNumeric(operand: unknown): Matches {
  const parts: readonly unknown[] = Array.isArray(operand) ? operand : [];
  if (parts.length !== 2 && parts.length !== 4)
    throw new Error('Value of numeric must be an array of one or two ranges');
  const conditions: ((value: number) => boolean)[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const operator = String(parts[at]);
    const compare = COMPARISONS[operator];
    const limit = parts[at + 1];
    if (compare === undefined) throw new Error(`Unrecognized numeric range operator: ${operator}`);
    const opposite = String(parts[0]).startsWith('>') ? '<' : '>';
    if (at > 0 && !operator.startsWith(opposite)) throw new Error(`Bad numeric range operator: ${operator}`);
    if (typeof limit !== 'number') throw new Error(`Value of ${operator} must be numeric`);
    conditions.push((value) => compare(value, limit));
  }
  return (value) => typeof value === 'number' && conditions.every((holds) => holds(value));
}

/** `10.0.0.0/24`, of either version of IP. */
function compileCidr(operand: unknown): Matches {
  const [address = '', bits = '', ...others] = String(operand).split('/');
  const version = isIP(address);
  const prefix = /^\d{1,3}$/.test(bits) ? Number(bits) : Number.POSITIVE_INFINITY;
  if (version === 0 || others.length > 0 || prefix > (version === 4 ? 32 : 128)) {
    throw new Error(`Malformed CIDR, one '/' required: ${String(operand)}`);
  }
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const block = new BlockList();
  block.addSubnet(address, prefix, family);
  return (value) => typeof value === 'string' && isIP(value) === version && block.check(value, family);
}
