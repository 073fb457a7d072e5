import type { Terminal } from './terminal.js';

/** Milliseconds that work may take without a word. The silences behind it are twice as long each, up to the longest. */
const PATIENCE = 1_000;
const LONGEST = 16_000;

/**
 * Tells on standard error how far work has come, once it takes more than a second, and ever more rarely after that.
 * @param how says it in one line; told where it has changed
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

/** Tells what is being done, once it takes more than a second, to whoever watches; into a file or a pipe, nothing. */
export function watched<T>(what: string, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  return terminal.interactive ? withProgress(terminal, () => `${what} …`, work) : work();
}
