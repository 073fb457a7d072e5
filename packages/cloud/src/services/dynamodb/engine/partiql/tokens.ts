import { syntaxError } from './syntax-error.js';

/** A piece of a statement. Words are names and keywords alike: it is the place that tells. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'mark' | 'end';
  /** A word as it is written, a name or text without its quotes, or the mark. */
  readonly text: string;
  /** Where it begins, from 0. */
  readonly at: number;
}

const BLANK = /\s+|--[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[A-Za-z_$][\w$]*/y;
const NUMBER = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?/y;
const TEXT = /'((?:[^']|'')*)'/y;
const QUOTED = /"((?:[^"]|"")*)"/y;
const MARK = /<<|>>|<>|!=|<=|>=|[<>=+\-*?.,:;()[\]{}]/y;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** @throws AwsError ValidationException for a character that begins nothing */
export function tokenize(statement: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < statement.length) {
    const blank = match(BLANK, statement, at);
    if (blank) {
      at += blank[0].length;
      continue;
    }
    const token = tokenAt(statement, at);
    if (token === undefined) throw syntaxError('Unexpected character', at);
    tokens.push(token.token);
    at += token.length;
  }
  return [...tokens, { kind: 'end', text: '', at }];
}

function tokenAt(statement: string, at: number): { readonly token: Token; readonly length: number } | undefined {
  const kinds = [
    ['word', WORD],
    ['number', NUMBER],
    ['mark', MARK],
  ] as const;
  for (const [kind, pattern] of kinds) {
    const found = match(pattern, statement, at);
    if (found) return { token: { kind, text: found[0], at }, length: found[0].length };
  }
  const text = match(TEXT, statement, at);
  if (text) return { token: { kind: 'text', text: (text[1] ?? '').replaceAll("''", "'"), at }, length: text[0].length };
  const quoted = match(QUOTED, statement, at);
  if (!quoted) return undefined;
  return { token: { kind: 'quoted', text: (quoted[1] ?? '').replaceAll('""', '"'), at }, length: quoted[0].length };
}
