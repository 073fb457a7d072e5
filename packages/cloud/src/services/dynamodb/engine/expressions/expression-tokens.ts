/** One token of an expression, and its position. */
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

/** Splits an expression. A character that starts no token becomes a symbol, which no rule accepts. */
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
  const near = expression.slice(from?.start, to?.end);
  return new ExpressionSyntaxError(`token: "${token?.text}", near: "${near}"`);
}

interface SyntaxFinding {
  readonly name: 'SyntaxError';
  readonly location: { readonly start: { readonly offset: number } };
}

function isSyntaxFinding(error: unknown): error is SyntaxFinding {
  return error instanceof Error && error.name === 'SyntaxError' && 'location' in error;
}

/** A parser of dynalite with AWS's wording for syntax errors. */
export function inWordsOfAws<O>(parse: (expression: string, options: O) => unknown) {
  return (expression: string, options: O): unknown => {
    try {
      return parse(expression, options);
    } catch (error) {
      if (!isSyntaxFinding(error)) throw error;
      const { offset } = error.location.start;
      const tokens = tokensOf(expression);
      const place = tokens.findIndex((token) => token.end > offset || token.kind === 'end');
      throw syntaxErrorAt(expression, tokens, place);
    }
  };
}
