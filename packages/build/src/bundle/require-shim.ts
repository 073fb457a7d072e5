const SHIM = "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);";

/** The text of esbuild's own replacement for `require`, which it puts only into a bundle whose code calls `require`. */
const STAND_IN = 'Dynamic require of "';

/**
 * True if a CommonJS dependency calls `require` for a module outside the bundle, for a native addon beside it, or for a
 * name that is known only at run time. An ES module cannot do that.
 */
export function needsRequire(code: string): boolean {
  return code.includes(STAND_IN);
}

/** Puts a `require` in front of the code, on a separate line. */
export function withRequire(code: string): string {
  return `${SHIM}\n${code}`;
}

/** The source map of `withRequire(code)`: one more empty line. */
export function shiftedSourceMap(map: string): string {
  const parsed = JSON.parse(map) as { mappings: string };
  return JSON.stringify({ ...parsed, mappings: `;${parsed.mappings}` });
}
