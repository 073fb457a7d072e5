import { boundedTest } from '../../../core/regular-expression.js';

/** A text that is no pattern. */
export class PatternError extends Error {}

/** Characters of a pattern's regular expressions: AWS has no groups. */
const REGULAR = /^(?:[^()%\\]|\\.)+$/;

/** A test that takes too long on a text does not match it. @throws PatternError */
export function regularExpression(source: string): (text: string) => boolean {
  if (!REGULAR.test(source)) throw new PatternError(`not a regular expression: ${source}`);
  try {
    const test = boundedTest(source);
    return (text) => test(text) === true;
  } catch {
    throw new PatternError(`not a regular expression: ${source}`);
  }
}

/** A value that a pattern compares with. */
export type Literal =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | { readonly kind: 'expression'; readonly matches: (text: string) => boolean };

/** Reads the text of a pattern from its left to its right. */
export class PatternReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  /** Takes the token where it is next. Words end where a name does. */
  take(token: string): boolean {
    this.#skipSpace();
    if (
      !this.#text
        .slice(this.#at, this.#at + token.length)
        .toUpperCase()
        .startsWith(token.toUpperCase())
    )
      return false;
    const after = this.#text[this.#at + token.length] ?? ' ';
    if (/^\w+$/.test(token) && /\w/.test(after)) return false;
    this.#at += token.length;
    return true;
  }

  /** @throws PatternError where the token is not next */
  expect(token: string): void {
    if (!this.take(token)) throw new PatternError(`${token} is missing`);
  }

  /** The text that an expression matches from here on; undefined where it matches none. @param expression sticky */
  match(expression: RegExp): string | undefined {
    this.#skipSpace();
    expression.lastIndex = this.#at;
    const [found] = expression.exec(this.#text) ?? [];
    if (found === undefined) return undefined;
    this.#at += found.length;
    return found;
  }

  /** A value: quoted, a regular expression between percent signs, or bare. @throws PatternError */
  literal(): Literal {
    const quoted = this.match(/"(?:[^"\\]|\\.)*"/y);
    if (quoted !== undefined)
      return { kind: 'text', text: quoted.slice(1, -1).replace(/\\(["\\])/g, '$1'), quoted: true };
    const expression = this.match(/%[^%]+%/y);
    if (expression !== undefined) return { kind: 'expression', matches: regularExpression(expression.slice(1, -1)) };
    const bare = this.match(/(?:(?!&&|\|\|)[^\s(){},\]"])+/y);
    if (bare === undefined) throw new PatternError('a value is missing');
    return { kind: 'text', text: bare, quoted: false };
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at++;
  }
}
