const CAPTURE = /^\{([\w.-]+)(\+?)\}$/;

/**
 * The name of a segment's variable, and `+` if it captures the rest of the path.
 * `{id}` gives `['id', '']`, `{rest+}` gives `['rest', '+']`, `users` gives undefined.
 */
export function captureOf(segment: string): readonly [name: string, greedy: string] | undefined {
  const found = CAPTURE.exec(segment);
  return found?.[1] === undefined ? undefined : [found[1], found[2] ?? ''];
}

/** `/foo` and `/bar` give `/foo/bar`; `/foo` and `/` give `/foo`. */
export function joinPaths(prefix: string, path: string): string {
  if (prefix === '/') return path;
  return path === '/' ? prefix : prefix + path;
}
