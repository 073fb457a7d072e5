/** One token of an expression, and where it stands. */
export interface Token {
  readonly kind: 'name' | 'placeholder' | 'value' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Thrown with what AWS says behind `Invalid ConditionExpression: Syntax error; `. */
export class ExpressionSyntaxError extends Error {
  override readonly name = 'SyntaxError';
}

const TOKEN =
  /\s*(?:(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<placeholder>#[A-Za-z0-9_]+)|(?<value>:[A-Za-z0-9_]+)|(?<number>[0-9]+)|(?<symbol><=|>=|<>|[=<>().,[\]])|(?<other>\S))/gy;

const KINDS = ['name', 'placeholder', 'value', 'number', 'symbol'] as const;

/** Splits an expression. A character that begins no token stands as a symbol, which no rule takes. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  for (const { index, 0: match, groups } of expression.matchAll(TOKEN)) {
    const kind = KINDS.find((name) => groups?.[name] !== undefined) ?? 'symbol';
    const text = groups?.[kind] ?? groups?.other ?? '';
    const end = index + match.length;
    tokens.push({ kind, text, start: end - text.length, end });
  }
  const end = expression.length;
  tokens.push({ kind: 'end', text: '<EOF>', start: end, end });
  return tokens;
}

/** AWS shows the token that does not fit and the text from the one before it to the one behind it. */
export function syntaxErrorAt(expression: string, tokens: readonly Token[], place: number): ExpressionSyntaxError {
  const token = tokens[place];
  const from = tokens[place - 1] ?? token;
  const next = tokens[place + 1];
  const to = next && next.kind !== 'end' ? next : token;
  const near = expression.slice(from?.start, to?.end).trimEnd();
  return new ExpressionSyntaxError(`token: "${token?.text}", near: "${near}"`);
}
