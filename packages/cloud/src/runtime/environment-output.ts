import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { LineReader } from './line-reader.js';
import { LogFrameReader } from './log-frame.js';

/** Milliseconds in which what a function has written arrives. */
const LATEST = 1000;

/** Where the log of one environment goes. */
export interface EnvironmentLog {
  /** `origin` tells the function's own output from the lines that Lambda writes about each invocation. */
  readonly write: (time: number, message: string, origin: 'function' | 'platform') => void;
  readonly end: () => void;
}

/** The output of the function during one event; only its end, if it is long. */
export interface Excerpt {
  text: string;
}

/**
 * The output of an environment's process: console messages in frames, other output by lines. All goes to the log; the
 * end of what belongs to the current event is kept for who asks for it.
 */
export class EnvironmentOutput {
  readonly #log: EnvironmentLog;
  readonly #kept: number;
  readonly #frames = new LogFrameReader((time, message) => this.write(time, message, 'function'));
  #excerpt: Excerpt | undefined;
  #waiting: { readonly bytes: number; readonly resolve: () => void }[] = [];
  #ended = false;

  /** @param kept characters of an excerpt that are kept at least */
  constructor(log: EnvironmentLog, kept: number) {
    this.#log = log;
    this.#kept = kept;
  }

  /** @param child with standard output, standard error and the pipe of frames as the first three that it writes to */
  read(child: ChildProcess): void {
    this.#readLines(child.stdout);
    this.#readLines(child.stderr);
    const frames = child.stdio[3];
    frames?.on('data', (chunk: Buffer) => {
      this.#frames.push(chunk);
      this.#wake();
    });
    frames?.on('error', () => {});
  }

  /** Output from now on belongs to another event. */
  nextExcerpt(): Excerpt {
    this.#excerpt = { text: '' };
    return this.#excerpt;
  }

  write(time: number, message: string, origin: 'function' | 'platform'): void {
    const excerpt = this.#excerpt;
    if (origin === 'function' && excerpt) {
      excerpt.text += message.endsWith('\n') ? message : `${message}\n`;
      if (excerpt.text.length > 4 * this.#kept) excerpt.text = excerpt.text.slice(-this.#kept);
    }
    this.#log.write(time, message, origin);
  }

  /** Resolves when so many bytes of frames have been read, or no more will come; after a second in any case. */
  framesRead(bytes: number): Promise<void> {
    if (this.#ended || !(bytes > this.#frames.consumed)) return Promise.resolve();
    return new Promise((resolve) => {
      const late = setTimeout(resolve, LATEST);
      this.#waiting.push({
        bytes,
        resolve: () => {
          clearTimeout(late);
          resolve();
        },
      });
    });
  }

  end(): void {
    this.#ended = true;
    this.#wake();
    this.#log.end();
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    const ready = this.#waiting.filter(({ bytes }) => this.#ended || this.#frames.consumed >= bytes);
    this.#waiting = this.#waiting.filter((waiter) => !ready.includes(waiter));
    for (const { resolve } of ready) resolve();
  }

  #readLines(stream: Readable | null): void {
    const lines = new LineReader((line) => this.write(Date.now(), line, 'function'));
    stream?.on('data', (chunk: Buffer) => lines.push(chunk));
    stream?.on('end', () => lines.end());
    stream?.on('error', () => {});
  }
}
