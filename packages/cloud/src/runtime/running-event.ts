import type { ByteQueue } from './byte-queue.js';
import type { Excerpt } from './environment-output.js';
import type { Invocation, InvocationResult } from './invocation.js';
import type { PlatformLines } from './report-line.js';

/** The event that an environment handles. */
export interface RunningEvent {
  readonly invocation: Invocation;
  readonly started: number;
  readonly resolve: (result: InvocationResult) => void;
  stream?: { readonly queue: ByteQueue; readonly finished: () => void };
  /** Milliseconds, once it has ended. */
  duration: number;
  readonly output: Excerpt;
  report: string;
}

/**
 * The end of an event's log, as an Invoke with LogType Tail gives it.
 * @param bytes at most
 */
export function tailOf({ invocation, output, report }: RunningEvent, lines: PlatformLines, bytes: number): string {
  const { requestId } = invocation;
  const text = `${lines.start(requestId)}\n${output.text}${lines.end(requestId)}\n${report}\n`;
  return Buffer.from(text).subarray(-bytes).toString();
}
