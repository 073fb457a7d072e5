import { BlockList, isIP } from 'node:net';
import { compileGlob, type Glob } from '../core/wildcard.js';
import { textOf } from './policy-variable.js';

type Test = (actual: string) => boolean;

/** How one operator compares one value of the policy with one value of the request. */
export interface ConditionOperator {
  /** Holds when the positive comparison holds for no value, and when the request lacks the key. */
  readonly negated: boolean;
  /** True if `*` and `?` in the policy's value are wildcards. */
  readonly wildcards: boolean;
  readonly compile: (wanted: Glob) => Test;
}

const never: Test = () => false;

function byText(compile: (wanted: string) => Test): (wanted: Glob) => Test {
  return (wanted) => compile(textOf(wanted));
}

const equal = byText((wanted) => (actual) => actual === wanted);

const equalIgnoringCase = byText((text) => {
  const wanted = text.toLowerCase();
  return (actual) => actual.toLowerCase() === wanted;
});

function ordered(read: (text: string) => number, holds: (actual: number, wanted: number) => boolean) {
  return byText((text) => {
    const wanted = read(text);
    if (Number.isNaN(wanted)) return never;
    return (actual) => holds(read(actual), wanted);
  });
}

function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

/** Milliseconds of an ISO 8601 date or of epoch seconds, the two forms that IAM takes. */
function toTime(text: string): number {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

function isAddressFamily(address: string): 'ipv4' | 'ipv6' | undefined {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : undefined;
}

/** A plain address, or a range in CIDR notation. */
const inRange = byText((range) => {
  const [network = '', bits] = range.split('/');
  const family = isAddressFamily(network);
  if (!family) return never;
  const prefix = bits === undefined ? (family === 'ipv4' ? 32 : 128) : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > (family === 'ipv4' ? 32 : 128)) return never;
  const list = new BlockList();
  list.addSubnet(network, prefix, family);
  return (actual) => {
    const address = actual.replace(/^::ffff:(?=\d+\.)/i, '');
    return isAddressFamily(address) === family && list.check(address, family);
  };
});

const COLON = ':'.charCodeAt(0);

/** The six parts of an ARN are compared one by one, each with wildcards; the last keeps its colons. */
function arnLike(wanted: Glob): Test {
  const parts: number[][] = [[]];
  for (const unit of wanted) {
    if (unit === COLON && parts.length < 6) parts.push([]);
    else parts.at(-1)?.push(unit);
  }
  if (parts.length < 6) return never;
  const tests = parts.map(compileGlob);
  return (actual) => {
    const pieces = actual.split(':');
    const six = [...pieces.slice(0, 5), pieces.slice(5).join(':')];
    return pieces.length >= 6 && tests.every((test, i) => test(six[i] ?? ''));
  };
}

const positive = (compile: (wanted: Glob) => Test, wildcards = false) => ({ negated: false, wildcards, compile });
const negative = (compile: (wanted: Glob) => Test, wildcards = false) => ({ negated: true, wildcards, compile });

const OPERATORS: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: positive(equal),
  StringNotEquals: negative(equal),
  StringEqualsIgnoreCase: positive(equalIgnoringCase),
  StringNotEqualsIgnoreCase: negative(equalIgnoringCase),
  StringLike: positive(compileGlob, true),
  StringNotLike: negative(compileGlob, true),
  NumericEquals: positive(ordered(toNumber, (a, b) => a === b)),
  NumericNotEquals: negative(ordered(toNumber, (a, b) => a === b)),
  NumericLessThan: positive(ordered(toNumber, (a, b) => a < b)),
  NumericLessThanEquals: positive(ordered(toNumber, (a, b) => a <= b)),
  NumericGreaterThan: positive(ordered(toNumber, (a, b) => a > b)),
  NumericGreaterThanEquals: positive(ordered(toNumber, (a, b) => a >= b)),
  DateEquals: positive(ordered(toTime, (a, b) => a === b)),
  DateNotEquals: negative(ordered(toTime, (a, b) => a === b)),
  DateLessThan: positive(ordered(toTime, (a, b) => a < b)),
  DateLessThanEquals: positive(ordered(toTime, (a, b) => a <= b)),
  DateGreaterThan: positive(ordered(toTime, (a, b) => a > b)),
  DateGreaterThanEquals: positive(ordered(toTime, (a, b) => a >= b)),
  Bool: positive(equalIgnoringCase),
  BinaryEquals: positive(equal),
  IpAddress: positive(inRange),
  NotIpAddress: negative(inRange),
  ArnEquals: positive(arnLike, true),
  ArnLike: positive(arnLike, true),
  ArnNotEquals: negative(arnLike, true),
  ArnNotLike: negative(arnLike, true),
  // Asks only whether the key is there; see condition.ts.
  Null: positive(equalIgnoringCase),
};

export interface OperatorName {
  readonly name: string;
  /** How a key of many values is asked: the one value there is, every value, or some value. */
  readonly quantifier: 'one' | 'all' | 'any';
  readonly ifExists: boolean;
}

/** Takes `ForAnyValue:StringLikeIfExists` apart. Undefined where IAM has no such operator. */
export function parseOperator(operator: string): OperatorName | undefined {
  const [, prefix, base = '', ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (!Object.hasOwn(OPERATORS, base)) return undefined;
  if (base === 'Null' && (prefix || ifExists)) return undefined;
  return {
    name: base,
    quantifier: prefix === 'ForAllValues' ? 'all' : prefix === 'ForAnyValue' ? 'any' : 'one',
    ifExists: ifExists !== undefined,
  };
}

export function isConditionOperator(operator: string): boolean {
  return parseOperator(operator) !== undefined;
}

/** @throws Error for a name that `parseOperator` did not give */
export function conditionOperator(name: string): ConditionOperator {
  const found = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!found) throw new Error(`no condition operator is named ${name}`);
  return found;
}
