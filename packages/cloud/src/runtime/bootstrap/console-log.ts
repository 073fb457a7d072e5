import { writeSync } from 'node:fs';
import { format } from 'node:util';
import { encodeLogFrame } from '../log-frame.js';
import { errorShape } from './error-shape.js';

const LOG_FD = 3;
const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof LEVELS)[number];

/** Console output in the format of Lambda's Node.js runtime, sent to the cloud through a separate pipe. */
export class ConsoleLog {
  /** Bytes sent so far. */
  written = 0;
  /** The request whose lines these are; none while the environment initialises. */
  requestId: string | undefined;
  readonly #json: boolean;
  readonly #lowest: number;

  /** @param json true if the function's log format is JSON; text otherwise */
  constructor(json: boolean, lowestLevel: string | undefined) {
    this.#json = json;
    this.#lowest = json ? Math.max(0, LEVELS.indexOf((lowestLevel ?? 'INFO').toUpperCase() as Level)) : 0;
  }

  /** Puts this in the place of the process's console methods. */
  install(): void {
    const methods = {
      log: 'INFO',
      info: 'INFO',
      debug: 'DEBUG',
      warn: 'WARN',
      error: 'ERROR',
      trace: 'TRACE',
    } as const;
    for (const [method, level] of Object.entries(methods)) {
      Reflect.set(console, method, (...parts: unknown[]) => this.write(level, parts));
    }
  }

  write(level: Level, parts: readonly unknown[]): void {
    if (LEVELS.indexOf(level) < this.#lowest) return;
    const now = Date.now();
    this.#send(now, this.#json ? this.#jsonLine(now, level, parts) : this.#textLine(now, level, parts));
  }

  #textLine(now: number, level: Level, parts: readonly unknown[]): string {
    return `${new Date(now).toISOString()}\t${this.requestId}\t${level}\t${format(...parts)}`;
  }

  #jsonLine(now: number, level: Level, parts: readonly unknown[]): string {
    const line: Record<string, unknown> = {
      timestamp: new Date(now).toISOString(),
      level,
      requestId: this.requestId,
    };
    const [first] = parts;
    if (parts.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error)) {
      line.message = first;
    } else {
      line.message = format(...parts);
      const error = parts.find((part) => part instanceof Error);
      if (error) {
        const { errorType, errorMessage, trace } = errorShape(error);
        Object.assign(line, { errorType, errorMessage, stackTrace: trace });
      }
    }
    try {
      return JSON.stringify(line);
    } catch {
      return JSON.stringify({ ...line, message: format(...parts) });
    }
  }

  #send(time: number, message: string): void {
    let frame = encodeLogFrame(time, message);
    this.written += frame.length;
    while (frame.length > 0) {
      try {
        frame = frame.subarray(writeSync(LOG_FD, frame));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) return;
      }
    }
  }
}
