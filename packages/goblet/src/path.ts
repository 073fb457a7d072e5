import { DeclarationError } from './declaration-error.js';

const CAPTURE = /^\{([\w.-]+)(\+?)\}$/;
const LITERAL = /^[\w.~!$&'(),;=:@-]+$/;

/**
 * The name that a segment captures, and whether it captures the rest of the path.
 * `{id}` gives `['id', '']`, `{rest+}` gives `['rest', '+']`, `users` nothing.
 */
export function captureOf(segment: string): readonly [name: string, greedy: string] | undefined {
  const found = CAPTURE.exec(segment);
  return found?.[1] === undefined ? undefined : [found[1], found[2] ?? ''];
}

/**
 * What API Gateway would refuse in a path is refused where it is declared.
 * @throws DeclarationError
 */
export function checkPath(path: string): void {
  const wrong = (what: string): never => {
    throw new DeclarationError('GOBLET_PATH', `"${path}" ${what}`);
  };
  if (typeof path !== 'string' || path[0] !== '/') wrong('does not start with "/"');
  if (path === '/') return;
  const names = new Set<string>();
  const segments = path.slice(1).split('/');
  segments.forEach((segment, i) => {
    const [name, greedy] = captureOf(segment) ?? [];
    if (name === undefined) {
      if (segment === '') wrong('has an empty segment; remove the extra "/"');
      if (segment[0] === ':') wrong(`has "${segment}"; write "{${segment.slice(1)}}"`);
      if (segment.includes('*')) wrong('has "*"; write "{rest+}"');
      if (!LITERAL.test(segment))
        wrong(`has the segment "${segment}"; a segment is literal, {name}, or {name+} at the end`);
    } else {
      if (names.has(name)) wrong(`captures "${name}" twice`);
      names.add(name);
      if (greedy && i < segments.length - 1) wrong(`goes on after {${name}+}, which takes the rest of the path`);
    }
  });
}

/** `/foo` and `/bar` give `/foo/bar`; `/foo` and `/` give `/foo`. */
export function joinPaths(prefix: string, path: string): string {
  if (prefix === '/') return path;
  return path === '/' ? prefix : prefix + path;
}
