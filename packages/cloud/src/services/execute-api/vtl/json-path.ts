import { Scanner } from './scanner.js';
import { TemplateError } from './syntax.js';
import { isList, textOf, type Value, type VtlList } from './value.js';

type Step =
  | { readonly kind: 'members'; readonly names: readonly string[] }
  | { readonly kind: 'items'; readonly at: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'all' }
  | { readonly kind: 'descendants' }
  | { readonly kind: 'filter'; readonly path: readonly Step[]; readonly operator?: string; readonly value?: Value };

/** Values that one path may visit. */
const VISITS = 100_000;

/**
 * The value at a JSONPath, which may leave its `$` out. A path that may lead to several values (`$..id`, `$.items[*]`)
 * gives a list. Undefined where the path leads to nothing.
 * @throws TemplateError where it is no JSONPath
 */
export function atJsonPath(value: Value, path: string): Value | undefined {
  const steps = parse(path.trim());
  const found = select([value], steps, { visits: 0 });
  const isDefinite = steps.every(
    (step) => (step.kind === 'members' && step.names.length === 1) || (step.kind === 'items' && step.at.length === 1),
  );
  if (isDefinite) return found[0];
  return { kind: 'list', items: found, json: true } satisfies VtlList;
}

function parse(path: string): readonly Step[] {
  const scanner = new Scanner(path.startsWith('$') ? path.slice(1) : `.${path}`, () => []);
  const steps = parseSteps(scanner);
  if (!scanner.ended) throw new TemplateError(`${path} is not a JSONPath`);
  return steps;
}

function parseSteps(scanner: Scanner): readonly Step[] {
  const steps: Step[] = [];
  for (;;) {
    if (scanner.accept('..')) {
      steps.push({ kind: 'descendants' });
      if (scanner.accept('*')) steps.push({ kind: 'all' });
      else {
        const name = scanner.take(/[^.[\]()\s=<>!&|,]+/y);
        if (name !== undefined) steps.push({ kind: 'members', names: [name] });
      }
    } else if (scanner.accept('.*')) steps.push({ kind: 'all' });
    else if (scanner.accept('.')) {
      const name = scanner.take(/[^.[\]()\s=<>!&|,]+/y);
      if (name !== undefined) steps.push({ kind: 'members', names: [name] });
      else if (!scanner.text.startsWith('[', scanner.at)) return steps;
    } else if (scanner.accept('[')) steps.push(scanner.inside(() => parseBracket(scanner)));
    else return steps;
  }
}

function parseBracket(scanner: Scanner): Step {
  scanner.space();
  const step = bracketed(scanner);
  scanner.space();
  scanner.expect(']');
  return step;
}

function bracketed(scanner: Scanner): Step {
  if (scanner.accept('*')) return { kind: 'all' };
  if (scanner.accept('?(')) return filter(scanner);
  const slice = scanner.take(/-?\d*\s*:\s*-?\d*/y);
  if (slice !== undefined) {
    const [from = '', to = ''] = slice.split(':').map((part) => part.trim());
    return { kind: 'slice', from: from === '' ? undefined : Number(from), to: to === '' ? undefined : Number(to) };
  }
  const names: string[] = [];
  const at: number[] = [];
  do {
    scanner.space();
    const quoted = scanner.take(/'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y);
    if (quoted !== undefined) names.push(quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1'));
    else at.push(Number(scanner.take(/-?\d+/y) ?? Number.NaN));
    scanner.space();
  } while (scanner.accept(','));
  if (names.length > 0) return { kind: 'members', names };
  if (at.some(Number.isNaN)) throw scanner.error('expected a name or an index');
  return { kind: 'items', at };
}

function filter(scanner: Scanner): Step {
  scanner.space();
  scanner.expect('@');
  const path = parseSteps(scanner);
  scanner.space();
  const operator = scanner.take(/==|!=|<=|>=|<|>/y);
  scanner.space();
  const literal = operator === undefined ? undefined : scanner.take(/'[^']*'|"[^"]*"|-?\d+(?:\.\d+)?|true|false|null/y);
  if (operator !== undefined && literal === undefined) throw scanner.error('expected a value');
  scanner.space();
  scanner.expect(')');
  return { kind: 'filter', path, ...(operator !== undefined && { operator, value: literalValue(literal ?? '') }) };
}

function literalValue(literal: string): Value {
  if (/^['"]/.test(literal)) return literal.slice(1, -1);
  if (literal === 'null') return null;
  return literal === 'true' || literal === 'false' ? literal === 'true' : Number(literal);
}

interface Visits {
  visits: number;
}

function select(from: readonly Value[], steps: readonly Step[], count: Visits): Value[] {
  return steps.reduce<Value[]>(
    (values, step) => {
      const next: Value[] = [];
      for (const value of values) {
        count.visits += 1;
        for (const selected of take(value, step, count)) next.push(selected);
      }
      count.visits += next.length;
      if (count.visits > VISITS) throw new TemplateError(`a JSONPath visits more than ${VISITS} values`);
      return next;
    },
    [...from],
  );
}

function take(value: Value, step: Step, count: Visits): readonly Value[] {
  switch (step.kind) {
    case 'members':
      return value instanceof Map
        ? step.names.flatMap((name) => (value.has(name) ? [value.get(name) ?? null] : []))
        : [];
    case 'items':
      return isList(value)
        ? step.at.flatMap((at) => {
            const item = value.items.at(at);
            return item === undefined ? [] : [item];
          })
        : [];
    case 'slice':
      return isList(value) ? value.items.slice(step.from, step.to) : [];
    case 'all':
      return membersOf(value);
    case 'descendants':
      return descendants(value, count);
    case 'filter':
      return membersOf(value).filter((item) => passes(item, step, count));
  }
}

function membersOf(value: Value): readonly Value[] {
  if (isList(value)) return value.items;
  return value instanceof Map ? [...value.values()] : [];
}

function descendants(value: Value, count: Visits): readonly Value[] {
  const all: Value[] = [];
  const pending: Value[] = [value];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (++count.visits > VISITS) throw new TemplateError(`a JSONPath visits more than ${VISITS} values`);
    all.push(next);
    const inner = membersOf(next).filter((member) => typeof member === 'object' && member !== null);
    for (const member of inner.reverse()) pending.push(member);
  }
  return all;
}

function passes(item: Value, { path, operator, value = null }: Step & { kind: 'filter' }, count: Visits): boolean {
  const [found] = select([item], path, count);
  if (operator === undefined) return found !== undefined;
  if (found === undefined) return false;
  if (operator === '==') return found === value;
  if (operator === '!=') return found !== value;
  const [left, right] =
    typeof found === 'number' && typeof value === 'number' ? [found, value] : [textOf(found), textOf(value)];
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}
