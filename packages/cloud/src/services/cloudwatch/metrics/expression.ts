/** Looks up the value of another query by its id; undefined where it has none. */
export type Lookup = (id: string) => number | undefined;

/** Computes a value; undefined where one that it needs is missing. */
export type Expression = (lookup: Lookup) => number | undefined;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([a-z][A-Za-z0-9_]*)|([-+*/^()]))/y;

/**
 * Compiles metric math of numbers, ids of other queries, `+ - * / ^` and parentheses. Functions (`SUM`, `ANOMALY_DETECTION_BAND`)
 * are not supported.
 * @returns undefined for what is more than that
 */
export function compileExpression(text: string): Expression | undefined {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const trimmed = text.trimEnd();
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (!match) return undefined;
    tokens.push(match[1] ?? match[2] ?? match[3] ?? '');
  }
  let at = 0;
  const sum = chain(() => product(), ['+', '-']);
  const product = chain(() => power(), ['*', '/']);
  const power = chain(() => operand(), ['^']);
  const whole = sum();
  return whole && at === tokens.length ? whole : undefined;

  function chain(next: () => Expression | undefined, operators: readonly string[]) {
    return (): Expression | undefined => {
      let left = next();
      while (left && operators.includes(tokens[at] ?? '')) {
        const operator = tokens[at++] ?? '';
        const right = next();
        if (!right) return undefined;
        left = combined(left, operator, right);
      }
      return left;
    };
  }

  function operand(): Expression | undefined {
    const token = tokens[at++];
    if (token === undefined) return undefined;
    if (token === '-') {
      const inner = operand();
      return inner && ((lookup) => mapped(inner(lookup), (value) => -value));
    }
    if (token === '(') {
      const inner = sum();
      return tokens[at++] === ')' ? inner : undefined;
    }
    if (/^\d/.test(token)) return () => Number(token);
    return /^[a-z]/.test(token) ? (lookup) => lookup(token) : undefined;
  }
}

const mapped = (value: number | undefined, map: (value: number) => number): number | undefined =>
  value === undefined ? undefined : map(value);

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
};

function combined(left: Expression, operator: string, right: Expression): Expression {
  return (lookup) => {
    const [a, b] = [left(lookup), right(lookup)];
    if (a === undefined || b === undefined) return undefined;
    const value = OPERATORS[operator]?.(a, b);
    // A division by nothing has no value, as on AWS.
    return value !== undefined && Number.isFinite(value) ? value : undefined;
  };
}
