import pc from 'picocolors';

/** The output of a command. Results go to `out`, everything else to `note`, which is standard error. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly note: (line: string) => void;
  /** Colors for notes. */
  readonly colors: ReturnType<typeof pc.createColors>;
  /** Colors for results: standard output may go elsewhere while standard error is a terminal. */
  readonly resultColors: ReturnType<typeof pc.createColors>;
  /** True if standard error is a terminal. */
  readonly interactive: boolean;
  /** Aborted at the first Ctrl-C (SIGINT), SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}

/** The terminal of this process: colors only if the stream is a terminal and NO_COLOR is not set. */
export function processTerminal(signal: AbortSignal): Terminal {
  // A reader of our output may stop reading, as `head` does: that is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));
  return {
    out: (line) => process.stdout.write(`${line}\n`),
    note: (line) => process.stderr.write(`${line}\n`),
    colors: pc.createColors(pc.isColorSupported && process.stderr.isTTY === true),
    resultColors: pc.createColors(pc.isColorSupported && process.stdout.isTTY === true),
    interactive: process.stderr.isTTY === true,
    signal,
  };
}

/** Resolves when the command should end. */
export function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
