import type { Terminal } from './terminal.js';

/** Milliseconds that work may take without output. Each later silence is twice as long, up to a maximum. */
const PATIENCE = 1_000;
const LONGEST = 16_000;

/**
 * Prints the progress of work on standard error once it takes more than a second, and less and less often after that.
 * @param how returns the progress in one line; printed if it has changed
 */
export async function withProgress<T>(terminal: Terminal, how: () => string, work: () => Promise<T>): Promise<T> {
  let told = '';
  let timer: NodeJS.Timeout;
  const tellAfter = (silence: number): void => {
    timer = setTimeout(() => {
      const now = how();
      if (now !== told) terminal.note(terminal.colors.dim(now));
      told = now;
      tellAfter(Math.min(2 * silence, LONGEST));
    }, silence);
  };
  tellAfter(PATIENCE);
  return work().finally(() => clearTimeout(timer));
}

/** Prints what is being done once it takes more than a second, but only to a terminal. */
export function watched<T>(what: string, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  return terminal.interactive ? withProgress(terminal, () => `${what} …`, work) : work();
}
