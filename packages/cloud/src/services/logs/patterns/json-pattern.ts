import { parseJson } from '../../../core/json.js';
import { readComparison, readConditions } from './comparison.js';
import type { FilterPattern } from './log-match.js';
import { PatternError, PatternReader } from './pattern-reader.js';

/** A step of a selector: a member, an item, or every item. */
type Step = string | number | '*';

const STEP =
  /\.[^\s.=!<>[\](){}&|"',]+|\[\s*(?:\d+|\*)\s*\]|\[\s*'[^']+'\s*\]|\[\s*"[^"]+"\s*\]|\.\["[^"]+"\]|\.\['[^']+'\]/y;

const stepOf = (text: string): Step => {
  const inner = text.replace(/^\.?\[\s*|\s*\]$/g, '').replace(/^\./, '');
  if (/^["'].*["']$/.test(inner)) return inner.slice(1, -1);
  return text.startsWith('[') && /^\d+$/.test(inner) ? Number(inner) : inner;
};

/** @throws PatternError */
function readSelector(reader: PatternReader): { readonly text: string; readonly steps: readonly Step[] } {
  if (!reader.take('$')) throw new PatternError('a selector begins with $');
  const found: string[] = [];
  for (let step = reader.match(STEP); step !== undefined; step = reader.match(STEP)) found.push(step);
  if (found.length === 0) throw new PatternError('a selector names a member');
  return { text: `$${found.join('')}`, steps: found.map(stepOf) };
}

/** The values at the end of a selector: several where it asks for every item. */
function valuesAt(value: unknown, [step, ...rest]: readonly Step[]): readonly unknown[] {
  if (step === undefined) return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    if (step === '*') return value.flatMap((each) => valuesAt(each, rest));
    return typeof step === 'number' && step < value.length ? valuesAt(value[step], rest) : [];
  }
  return Object.hasOwn(value, String(step)) ? valuesAt(Reflect.get(value, String(step)), rest) : [];
}

/** @param selectors takes the selectors that the condition has */
const condition = (selectors: Map<string, readonly Step[]>) => (reader: PatternReader) => {
  const { text, steps } = readSelector(reader);
  selectors.set(text, steps);
  const compare = readComparison(reader);
  if (compare) return (message: unknown) => valuesAt(message, steps).some(compare);
  if (reader.take('NOT')) {
    reader.expect('EXISTS');
    return (message: unknown) => valuesAt(message, steps).length === 0;
  }
  if (reader.take('EXISTS')) return (message: unknown) => valuesAt(message, steps).length > 0;
  reader.expect('IS');
  const [, wanted] =
    (
      [
        ['TRUE', true],
        ['FALSE', false],
        ['NULL', null],
      ] as const
    ).find(([word]) => reader.take(word)) ?? [];
  if (wanted === undefined) throw new PatternError('IS takes TRUE, FALSE or NULL');
  return (message: unknown) => valuesAt(message, steps).some((value) => value === wanted);
};

function objectIn(message: string): object | undefined {
  try {
    const value: unknown = parseJson(message);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** `{ $.status = 404 && $.path = "/users*" }` @throws PatternError */
export function parseJsonPattern(text: string): FilterPattern {
  const reader = new PatternReader(text);
  reader.expect('{');
  const selectors = new Map<string, readonly Step[]>();
  const holds = readConditions(reader, condition(selectors));
  reader.expect('}');
  if (!reader.atEnd) throw new PatternError('there is more behind }');
  return (message) => {
    const value = objectIn(message);
    if (value === undefined || !holds(value)) return undefined;
    const extracted = [...selectors].flatMap(([selector, steps]) => {
      const [first] = valuesAt(value, steps);
      return first === undefined ? [] : [[selector, textOf(first)] as const];
    });
    return {
      extracted: Object.fromEntries(extracted),
      valueOf: (selector) => valuesAt(value, readSelector(new PatternReader(selector)).steps)[0],
    };
  };
}
