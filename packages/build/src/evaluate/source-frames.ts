import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A frame as V8 prints it: `    at spin (file:///tmp/x/index.mjs:2:3)`. */
const FRAME = /^(\s+at .*?\(?)(file:\/\/[^\s)]+):(\d+):(\d+)(\)?)$/;

/**
 * The stack frames of bundled files among printed lines, in the lines of their source; `undefined` if there are no
 * frames.
 */
export function sourceFrames(printed: string): string | undefined {
  const maps = new Map<string, SourceMap | undefined>();
  const frames: string[] = [];
  for (const line of printed.split('\n')) {
    const [, before, url, row, column, after] = FRAME.exec(line) ?? [];
    if (url === undefined) continue;
    const file = fileURLToPath(url);
    if (!maps.has(file)) maps.set(file, sourceMapOf(file));
    const entry = maps.get(file)?.findEntry(Number(row) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) continue;
    const source = resolve(dirname(file), entry.originalSource);
    frames.push(`${before}${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}${after}`);
  }
  return frames.length === 0 ? undefined : frames.join('\n');
}

function sourceMapOf(file: string): SourceMap | undefined {
  const map = `${file}.map`;
  return existsSync(map) ? new SourceMap(JSON.parse(readFileSync(map, 'utf8'))) : undefined;
}
