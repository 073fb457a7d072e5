/** Milliseconds that a line waits for others: nobody sees them, and each write of its own wakes the terminal. */
const INTERVAL = 20;

/** Writes lines in the order given, those of one moment together. */
export interface LineBatch {
  readonly add: (line: string) => void;
  /** Writes what waits. */
  readonly flush: () => void;
}

/** @param write takes lines, with line feeds between them */
export function lineBatch(write: (lines: string) => void): LineBatch {
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.length === 0) return;
    const lines = waiting.join('\n');
    waiting = [];
    write(lines);
  };
  return {
    add: (line) => {
      waiting.push(line);
      timer ??= setTimeout(flush, INTERVAL);
    },
    flush,
  };
}
