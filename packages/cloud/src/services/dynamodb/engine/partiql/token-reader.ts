import type { AwsError } from '../../../../core/aws-error.js';
import { validationError } from '../errors.js';
import type { AttributeValue } from '../items/attribute-value.js';
import { syntaxError } from './syntax-error.js';
import { type Token, tokenize } from './tokens.js';

/** Reads the tokens of one statement from left to right, with one look ahead, and hands out its parameters. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  readonly #parameters: readonly AttributeValue[];
  #place = 0;
  #parameter = 0;

  constructor(statement: string, parameters: readonly AttributeValue[]) {
    this.#tokens = tokenize(statement);
    this.#parameters = parameters;
  }

  get next(): Token {
    const token = this.#tokens[this.#place];
    if (token === undefined) throw new TypeError('a reader of tokens went on behind their end');
    return token;
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#place++;
    return token;
  }

  /** True if the next token is a keyword, in capitals or not. */
  isWord(...words: readonly string[]): boolean {
    return this.next.kind === 'word' && words.includes(this.next.text.toUpperCase());
  }

  isMark(...marks: readonly string[]): boolean {
    return this.next.kind === 'mark' && marks.includes(this.next.text);
  }

  /** Takes the next token if it is this keyword. */
  takeWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.#place++;
    return true;
  }

  takeMark(mark: string): boolean {
    if (!this.isMark(mark)) return false;
    this.#place++;
    return true;
  }

  /** @throws AwsError ValidationException where it is another one */
  expectWord(...words: readonly string[]): void {
    for (const word of words) if (!this.takeWord(word)) throw this.unexpected(`expected ${word}`);
  }

  expectMark(mark: string): void {
    if (!this.takeMark(mark)) throw this.unexpected(`expected ${mark}`);
  }

  /** A name of a table, an index or an attribute, in quotes or not. */
  name(): string {
    const { kind, text } = this.next;
    if (kind !== 'word' && kind !== 'quoted') throw this.unexpected('expected a name');
    this.#place++;
    return text;
  }

  /** The value of the next parameter, whose mark was taken. */
  parameter(): AttributeValue {
    const value = this.#parameters[this.#parameter++];
    if (value === undefined) throw parameterCount();
    return value;
  }

  /** @throws AwsError ValidationException where there is more, or not every parameter has its mark */
  end(): void {
    this.takeMark(';');
    if (this.next.kind !== 'end') throw this.unexpected('expected the end of the statement');
    if (this.#parameter !== this.#parameters.length) throw parameterCount();
  }

  unexpected(what: string): AwsError {
    const { kind, text, at } = this.next;
    return syntaxError(`Unexpected ${kind === 'end' ? 'end of the statement' : `term ${text}`}, ${what}`, at);
  }
}

const parameterCount = (): AwsError => validationError("Number of parameters in request and statement don't match.");
