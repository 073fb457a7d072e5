import { basename } from 'node:path';
import type { Metafile, OutputFile } from 'esbuild';
import { needsRequire, shiftedSourceMap, withRequire } from './require-shim.js';

/** What esbuild made, by name; the module and its map with a `require` in front where a dependency needs one. */
export function outputContents(
  outputs: readonly OutputFile[],
  metafile: Metafile,
  module: string,
): Readonly<Record<string, Uint8Array>> {
  const files = Object.fromEntries(outputs.map(({ path, contents }) => [basename(path), contents]));
  if (!needsRequire(metafile)) return files;
  const map = `${module}.map`;
  const text = (name: string) => Buffer.from(files[name] ?? []).toString();
  return {
    ...files,
    [module]: Buffer.from(withRequire(text(module))),
    [map]: Buffer.from(shiftedSourceMap(text(map))),
  };
}
