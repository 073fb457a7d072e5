const SHIM = "import{createRequire as $require}from'node:module';const require=$require(import.meta.url);";

/** What esbuild's own stand-in for `require` says; it puts that into a bundle whose code calls `require`, and into no other. */
const STAND_IN = 'Dynamic require of "';

/**
 * True where a CommonJS dependency calls `require` for a module that stayed outside, for a native addon beside the
 * bundle, or for a name that is known only when it runs, which an ES module cannot.
 */
export function needsRequire(code: string): boolean {
  return code.includes(STAND_IN);
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
