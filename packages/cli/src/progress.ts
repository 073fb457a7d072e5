import type { Terminal } from './terminal.js';

/** Milliseconds that work may take without a word, and between two words. */
const PATIENCE = 1_000;

/**
 * Tells on standard error how far work has come, once it takes more than a second.
 * @param how says it in one line; asked again each second, and told where it has changed
 */
export async function withProgress<T>(terminal: Terminal, how: () => string, work: () => Promise<T>): Promise<T> {
  let told = '';
  const timer = setInterval(() => {
    const now = how();
    if (now !== told) terminal.note(terminal.colors.dim(now));
    told = now;
  }, PATIENCE);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
