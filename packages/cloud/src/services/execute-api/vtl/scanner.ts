import { type Block, TemplateError } from './syntax.js';

/** How deeply directives, brackets and strings may lie in each other. */
const DEEPEST = 100;

/** A position in the text of a template. */
export class Scanner {
  at = 0;
  #depth: number;

  constructor(
    readonly text: string,
    /** Parses a string with references as the template that it is, so many levels deep. */
    readonly parseString: (text: string, depth: number) => Block,
    depth = 0,
  ) {
    this.#depth = depth;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  get depth(): number {
    return this.#depth;
  }

  /** Takes what matches here (a sticky expression). */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const taken = pattern.exec(this.text)?.[0];
    if (taken !== undefined) this.at += taken.length;
    return taken;
  }

  accept(text: string): boolean {
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.error(`expected ${text}`);
  }

  space(): void {
    this.take(/\s*/y);
  }

  /** Parses something that lies inside of something else. */
  inside<T>(parse: () => T): T {
    if (++this.#depth > DEEPEST) throw this.error(`more than ${DEEPEST} levels`);
    try {
      return parse();
    } finally {
      this.#depth--;
    }
  }

  error(problem: string): TemplateError {
    const before = this.text.slice(0, this.at);
    const line = before.split('\n').length;
    const found = this.text.slice(this.at, this.at + 20).split('\n')[0] || 'the end';
    return new TemplateError(`line ${line}, column ${this.at - before.lastIndexOf('\n')}: ${problem}, found ${found}`);
  }
}
