import { StringDecoder } from 'node:string_decoder';

const LONGEST_LINE = 256 * 1024;

/** Cuts a stream of UTF-8 bytes into lines; a line longer than a log event may be is cut. */
export class LineReader {
  #rest = '';
  readonly #decoder = new StringDecoder('utf8');
  readonly #line: (line: string) => void;

  constructor(line: (line: string) => void) {
    this.#line = line;
  }

  push(chunk: Buffer): void {
    const lines = (this.#rest + this.#decoder.write(chunk)).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) this.#emit(line);
    if (this.#rest.length > LONGEST_LINE) this.end();
  }

  /** Emits the text after the last line break. */
  end(): void {
    const rest = this.#rest;
    this.#rest = '';
    this.#emit(rest);
  }

  #emit(line: string): void {
    if (line !== '') this.#line(line);
  }
}
