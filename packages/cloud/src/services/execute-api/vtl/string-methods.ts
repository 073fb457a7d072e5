import type { Budget } from './budget.js';
import { patternOf } from './pattern.js';
import { listOf, textOf, type Value } from './value.js';

type Method = (text: string, args: readonly Value[], budget: Budget) => Value;

const number = (value: Value | undefined): number => (typeof value === 'number' ? value : Number.NaN);
const arg = (args: readonly Value[], at = 0): string => textOf(args[at] ?? null);

/** Methods of java.lang.String that templates use. */
const METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ['length', (text) => text.length],
  ['isEmpty', (text) => text === ''],
  ['isBlank', (text) => text.trim() === ''],
  ['toString', (text) => text],
  ['trim', (text) => text.trim()],
  ['toLowerCase', (text) => text.toLowerCase()],
  ['toUpperCase', (text) => text.toUpperCase()],
  ['equals', (text, args) => text === args[0]],
  ['equalsIgnoreCase', (text, args) => text.toLowerCase() === arg(args).toLowerCase()],
  ['compareTo', (text, args) => (text < arg(args) ? -1 : text > arg(args) ? 1 : 0)],
  ['contains', (text, args) => text.includes(arg(args))],
  ['startsWith', (text, args) => text.startsWith(arg(args))],
  ['endsWith', (text, args) => text.endsWith(arg(args))],
  ['indexOf', (text, args) => text.indexOf(arg(args), number(args[1]) || 0)],
  ['lastIndexOf', (text, args) => text.lastIndexOf(arg(args))],
  ['charAt', (text, args) => text[number(args[0])] ?? null],
  ['concat', (text, args) => text + arg(args)],
  [
    'substring',
    (text, args) => substring(text, number(args[0]), args[1] === undefined ? text.length : number(args[1])),
  ],
  [
    'replace',
    (text, args, budget) => {
      reserve(text, arg(args, 1), budget);
      return text.replaceAll(arg(args), () => arg(args, 1));
    },
  ],
  [
    'replaceAll',
    (text, args, budget) => {
      reserve(text, arg(args, 1), budget);
      return patternOf(arg(args)).replaceAll(text, arg(args, 1));
    },
  ],
  ['replaceFirst', (text, args) => patternOf(arg(args)).replaceFirst(text, arg(args, 1))],
  ['matches', (text, args) => patternOf(arg(args)).matches(text)],
  ['split', (text, args) => listOf(split(text, arg(args), number(args[1]) || 0))],
]);

/** The result of a method of a string; null for one that strings do not have. */
export function callString(text: string, name: string, args: readonly Value[], budget: Budget): Value {
  const result = METHODS.get(name)?.(text, args, budget) ?? null;
  return typeof result === 'string' ? budget.text(result) : result;
}

/** Null where Java throws, which Velocity takes for no value. */
function substring(text: string, from: number, to: number): Value {
  return from >= 0 && to <= text.length && from <= to ? text.slice(from, to) : null;
}

/** A replacement may come in before every character. */
function reserve(text: string, replacement: string, budget: Budget): void {
  budget.reserve((text.length + 1) * (replacement.length + 1));
}

/** Java drops empty parts at the end where no limit is given. */
function split(text: string, separator: string, limit: number): string[] {
  const parts = [...patternOf(separator).split(text)];
  if (limit > 0 && parts.length > limit) {
    const kept = parts.slice(0, limit - 1);
    const before = kept.reduce((length, part) => length + part.length, 0);
    const separators = (text.length - parts.reduce((length, part) => length + part.length, 0)) / (parts.length - 1);
    return [...kept, text.slice(before + separators * kept.length)];
  }
  while (limit === 0 && parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}
