/** Milliseconds that a line waits for others. Nobody notices, and each separate write wakes the terminal. */
const INTERVAL = 20;

/** Writes lines in order; lines of one moment are written together. */
export interface LineBatch {
  readonly add: (line: string) => void;
  /** Writes waiting lines. */
  readonly flush: () => void;
}

/** @param write receives lines, separated by line feeds */
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
