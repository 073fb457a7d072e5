import { basename } from 'node:path';
import type { OutputFile } from 'esbuild';
import { needsRequire, shiftedSourceMap, withRequire } from './require-shim.js';

/** esbuild's output by name. The module and its map get a `require` in front if a dependency needs one. */
export function outputContents(outputs: readonly OutputFile[], module: string): Readonly<Record<string, Uint8Array>> {
  const files = Object.fromEntries(outputs.map(({ path, contents }) => [basename(path), contents]));
  const text = (name: string) => Buffer.from(files[name] ?? []).toString();
  const code = text(module);
  if (!needsRequire(code)) return files;
  const map = `${module}.map`;
  return {
    ...files,
    [module]: Buffer.from(withRequire(code)),
    [map]: Buffer.from(shiftedSourceMap(text(map))),
  };
}
