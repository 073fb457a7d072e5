/** The target of a path, with the captured segments unchanged. */
export interface Match<T> {
  readonly target: T;
  readonly parameters: Readonly<Record<string, string>> | undefined;
}

interface Level<T> {
  readonly literals: Map<string, Level<T>>;
  capture?: { readonly name: string; readonly level: Level<T> };
  greedy?: { readonly name: string; readonly target: T };
  target?: T;
}

/**
 * How an API reads paths. REST APIs split them as they were sent, escaped, and do not mind slashes at their end; HTTP
 * APIs decode them first, so that an escaped slash separates, and do mind.
 */
export type PathReading = 'escaped' | 'decoded';

/**
 * Routes paths as API Gateway does: a literal segment beats a capture, a capture beats a greedy one, the most specific path
 * that matches as a whole wins. Captures take one non-empty segment, greedy ones at
 * least one.
 */
export class Router<T> {
  readonly #root: Level<T> = { literals: new Map() };
  readonly #literalPaths = new Map<string, Match<T>>();
  readonly #reading: PathReading;

  constructor(reading: PathReading) {
    this.#reading = reading;
  }

  /** @param path `/users/{username}`, greedy `/files/{path+}`; each path once. */
  add(path: string, target: T): void {
    const segments = path === '/' ? [] : path.slice(1).split('/');
    if (!path.includes('{')) this.#literalPaths.set(path, { target, parameters: undefined });
    let level = this.#root;
    for (const segment of segments) {
      const variable = variableName(segment);
      if (variable === undefined) {
        let next = level.literals.get(segment);
        if (next === undefined) {
          next = { literals: new Map() };
          level.literals.set(segment, next);
        }
        level = next;
      } else if (variable.greedy) {
        level.greedy = { name: variable.name, target };
        return;
      } else {
        level.capture ??= { name: variable.name, level: { literals: new Map() } };
        level = level.capture.level;
      }
    }
    level.target = target;
  }

  /** @param path escaped as it was sent, or decoded; beginning with a slash */
  match(path: string): Match<T> | undefined {
    const literal = this.#literalPaths.get(path);
    if (literal) return literal;
    let end = path.length;
    while (this.#reading === 'escaped' && end > 1 && path.charCodeAt(end - 1) === 47) end--;
    const segments = end <= 1 ? [] : path.slice(1, end).split('/');
    const captured: string[] = [];
    const target = find(this.#root, segments, 0, captured, this.#reading === 'escaped' ? decoded : asItIs);
    if (target === undefined) return undefined;
    return { target, parameters: captured.length === 0 ? undefined : record(captured) };
  }
}

const asItIs = (segment: string) => segment;

function find<T>(
  level: Level<T>,
  segments: readonly string[],
  at: number,
  captured: string[],
  read: (segment: string) => string,
): T | undefined {
  const segment = segments[at];
  if (segment === undefined) return level.target;
  const next = level.literals.get(segment) ?? level.literals.get(read(segment));
  if (next) {
    const found = find(next, segments, at + 1, captured, read);
    if (found !== undefined) return found;
  }
  if (segment === '') return undefined;
  if (level.capture) {
    captured.push(level.capture.name, segment);
    const found = find(level.capture.level, segments, at + 1, captured, read);
    if (found !== undefined) return found;
    captured.length -= 2;
  }
  if (level.greedy) {
    captured.push(level.greedy.name, segments.slice(at).join('/'));
    return level.greedy.target;
  }
  return undefined;
}

function record(pairs: readonly string[]): Record<string, string> {
  const entries: [string, string][] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) entries.push([pairs[i] ?? '', pairs[i + 1] ?? '']);
  return Object.fromEntries(entries);
}

function decoded(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The variable of one path segment, if it is one: `{name}` or `{name+}`. */
export function variableName(segment: string): { readonly name: string; readonly greedy: boolean } | undefined {
  const match = /^\{([^{}+]+)(\+?)\}$/.exec(segment);
  return match ? { name: match[1] ?? '', greedy: match[2] === '+' } : undefined;
}
