import pc from 'picocolors';

/** Where a command writes. Results go to `out`, everything told along the way goes to `note`, which is standard error. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly note: (line: string) => void;
  /** Of what is noted. */
  readonly colors: ReturnType<typeof pc.createColors>;
  /** Of results: standard output may go elsewhere while standard error is a terminal. */
  readonly resultColors: ReturnType<typeof pc.createColors>;
  /** True where somebody watches: standard error is a terminal. */
  readonly interactive: boolean;
  /** Aborted at the first Ctrl-C (SIGINT), SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
}

/** The terminal of this process: colours only where the stream is a terminal and NO_COLOR is not set. */
export function processTerminal(signal: AbortSignal): Terminal {
  // Whoever reads our output may have enough of it, as `head` has: that is no fault.
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

/** Resolves when the command is told to end. */
export function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
