import type { Metafile } from 'esbuild';

const SHIM = "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);";

/**
 * True where a CommonJS dependency calls `require` for a module that stayed outside, or for a native addon beside the
 * bundle, which an ES module cannot.
 */
export function needsRequire(metafile: Metafile): boolean {
  return Object.values(metafile.outputs).some(({ imports }) =>
    imports.some(
      ({ kind, path, external }) => kind === 'require-call' && (external === true || path.endsWith('.node')),
    ),
  );
}

/** Puts a `require` in front of the code, on a line of its own. */
export function withRequire(code: string): string {
  return `${SHIM}\n${code}`;
}

/** The source map of `withRequire(code)`: one empty line more. */
export function shiftedSourceMap(map: string): string {
  const parsed = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` });
}
