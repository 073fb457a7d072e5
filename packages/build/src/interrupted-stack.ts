import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A frame as `node --trace-sigint` prints it: `    at spin (file:///tmp/x/index.mjs:2:3)`. */
const FRAME = /^(\s+at .*?\(?)(file:\/\/[^\s)]+):(\d+):(\d+)(\)?)$/;

export interface InterruptedStack {
  /** The frames that lie in source, in its own lines. */
  readonly stack: string;
  /** The file that was running: the temporary bundle. */
  readonly file: string;
}

/** Reads where a process was interrupted from what it printed; `undefined` where it printed no frame of a bundle. */
export function interruptedStack(printed: string): InterruptedStack | undefined {
  const maps = new Map<string, SourceMap | undefined>();
  let running: string | undefined;
  const frames: string[] = [];
  for (const line of printed.split('\n')) {
    const [, before, url, row, column, after] = FRAME.exec(line) ?? [];
    if (url === undefined) continue;
    const file = fileURLToPath(url);
    if (!maps.has(file)) maps.set(file, sourceMapOf(file));
    const entry = maps.get(file)?.findEntry(Number(row) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) continue;
    running ??= file;
    const source = resolve(dirname(file), entry.originalSource);
    frames.push(`${before}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${after}`);
  }
  return running === undefined ? undefined : { stack: frames.join('\n'), file: running };
}

function sourceMapOf(file: string): SourceMap | undefined {
  const map = `${file}.map`;
  return existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : undefined;
}
