import type { Scanner } from './scanner.js';
import type { Access, BinaryOperator, Expression, Reference } from './syntax.js';

const NAME = /[A-Za-z_][A-Za-z0-9_-]*/y;

/** From the loosest to the tightest. Words come with the symbol that they mean. */
const LEVELS: readonly (readonly (readonly [pattern: RegExp, operator: BinaryOperator])[])[] = [
  [[/\|\||or\b/y, '||']],
  [[/&&|and\b/y, '&&']],
  [
    [/==|eq\b/y, '=='],
    [/!=|ne\b/y, '!='],
  ],
  [
    [/<=|le\b/y, '<='],
    [/>=|ge\b/y, '>='],
    [/<|lt\b/y, '<'],
    [/>|gt\b/y, '>'],
  ],
  [
    [/\+/y, '+'],
    [/-/y, '-'],
  ],
  [
    [/\*/y, '*'],
    [/\//y, '/'],
    [/%/y, '%'],
  ],
];

/** Parses an expression, with the white space around it. */
export function parseExpression(scanner: Scanner): Expression {
  return scanner.inside(() => binary(scanner, 0));
}

function binary(scanner: Scanner, level: number): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return unary(scanner);
  let left = binary(scanner, level + 1);
  for (;;) {
    scanner.space();
    const found = operators.find(([pattern]) => scanner.take(pattern) !== undefined);
    if (found === undefined) return left;
    left = { kind: 'binary', operator: found[1], left, right: binary(scanner, level + 1) };
  }
}

function unary(scanner: Scanner): Expression {
  scanner.space();
  if (scanner.take(/!(?!=)|not\b/y) !== undefined) {
    return { kind: 'not', of: scanner.inside(() => unary(scanner)) };
  }
  const number = scanner.take(/-?\d+(?:\.(?!\.)\d+)?(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'constant', value: Number(number) };
  if (scanner.accept('-')) return { kind: 'negative', of: scanner.inside(() => unary(scanner)) };
  return primary(scanner);
}

function primary(scanner: Scanner): Expression {
  if (scanner.accept('(')) {
    const inner = parseExpression(scanner);
    scanner.space();
    scanner.expect(')');
    return inner;
  }
  if (scanner.accept('[')) return listOrRange(scanner);
  if (scanner.accept('{')) return map(scanner);
  const word = scanner.take(/(?:true|false|null)\b/y);
  if (word !== undefined) return { kind: 'constant', value: word === 'null' ? null : word === 'true' };
  const reference = parseReference(scanner);
  if (reference) return { kind: 'reference', reference };
  const literal = scanner.take(/'(?:[^']|'')*'/y);
  if (literal !== undefined) return { kind: 'constant', value: literal.slice(1, -1).replaceAll("''", "'") };
  const quoted = scanner.take(/"(?:[^"\\]|\\[\s\S]|"")*"/y);
  if (quoted === undefined) throw scanner.error('expected a value');
  const text = quoted.slice(1, -1).replaceAll('""', '"').replaceAll('\\"', '"');
  if (!/[$#]/.test(text)) return { kind: 'constant', value: text };
  return { kind: 'interpolated', body: scanner.inside(() => scanner.parseString(text, scanner.depth)) };
}

function listOrRange(scanner: Scanner): Expression {
  scanner.space();
  if (scanner.accept(']')) return { kind: 'list', items: [] };
  const first = parseExpression(scanner);
  scanner.space();
  if (scanner.accept('..')) {
    const to = parseExpression(scanner);
    scanner.space();
    scanner.expect(']');
    return { kind: 'range', from: first, to };
  }
  return { kind: 'list', items: [first, ...rest(scanner, ']')] };
}

/** Further expressions, each after a comma, up to the end. */
function rest(scanner: Scanner, end: string): Expression[] {
  const items: Expression[] = [];
  for (;;) {
    scanner.space();
    if (scanner.accept(end)) return items;
    scanner.expect(',');
    items.push(parseExpression(scanner));
  }
}

function map(scanner: Scanner): Expression {
  const entries: [Expression, Expression][] = [];
  scanner.space();
  if (scanner.accept('}')) return { kind: 'map', entries };
  for (;;) {
    scanner.space();
    const bare = scanner.take(/[A-Za-z_][A-Za-z0-9_-]*(?=\s*:)/y);
    const key: Expression = bare === undefined ? parseExpression(scanner) : { kind: 'constant', value: bare };
    scanner.space();
    scanner.expect(':');
    entries.push([key, parseExpression(scanner)]);
    scanner.space();
    if (scanner.accept('}')) return { kind: 'map', entries };
    scanner.expect(',');
  }
}

/** Parses `$name`, `${name}`, `$!name` or `$!{name}` with its path; undefined where a dollar is only a dollar. */
export function parseReference(scanner: Scanner): Reference | undefined {
  const start = scanner.at;
  if (!scanner.accept('$')) return undefined;
  scanner.accept('!');
  const formal = scanner.accept('{');
  const name = scanner.take(NAME);
  if (name === undefined) {
    scanner.at = start;
    return undefined;
  }
  const path: Access[] = [];
  for (let access = parseAccess(scanner); access; access = parseAccess(scanner)) path.push(access);
  if (formal && !scanner.accept('}')) {
    scanner.at = start;
    return undefined;
  }
  return { name, path };
}

function parseAccess(scanner: Scanner): Access | undefined {
  if (scanner.take(/\.(?=[A-Za-z_])/y) !== undefined) {
    const name = scanner.take(NAME) ?? '';
    if (!scanner.accept('(')) return { kind: 'property', name };
    scanner.space();
    if (scanner.accept(')')) return { kind: 'method', name, args: [] };
    const first = parseExpression(scanner);
    return { kind: 'method', name, args: [first, ...rest(scanner, ')')] };
  }
  // In text, a bracket behind a reference is an index only where it can be read as one.
  const start = scanner.at;
  if (scanner.take(/\[(?=\s*["'$\d-])/y) === undefined) return undefined;
  try {
    const at = parseExpression(scanner);
    scanner.space();
    scanner.expect(']');
    return { kind: 'index', at };
  } catch {
    scanner.at = start;
    return undefined;
  }
}
