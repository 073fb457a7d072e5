import { captureOf } from '../declare/path.js';
import type { Dialect, GatewayEvent } from './dialect.js';
import { decoded } from './percent.js';

interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  capture: Node<T> | undefined;
  greedy: Leaf<T> | undefined;
  leaf: Leaf<T> | undefined;
}

interface Leaf<T> {
  readonly value: T;
  readonly names: readonly string[];
}

/** The value at a path, and the values of the path variables, still encoded. */
export interface Match<T> {
  readonly value: T;
  readonly params: Record<string, string>;
}

const newNode = <T>(): Node<T> => ({ literals: new Map(), capture: undefined, greedy: undefined, leaf: undefined });

const split = (path: string): string[] => {
  const segments = path.split('/').slice(1);
  if (segments.at(-1) === '') segments.pop();
  return segments;
};

/**
 * Finds the declared path for a requested path, segment by segment: a literal wins over a variable, a variable over a
 * greedy variable. An escaped literal matches like the literal, as in API Gateway.
 */
export class PathMatcher<T> {
  readonly #root: Node<T> = newNode();

  constructor(values: Iterable<readonly [path: string, value: T]>) {
    for (const [path, value] of values) this.#add(path, value);
  }

  #add(path: string, value: T): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of split(path)) {
      const [name, greedy] = captureOf(segment) ?? [];
      if (name === undefined) {
        const next = node.literals.get(segment) ?? newNode();
        node.literals.set(segment, next);
        node = next;
        continue;
      }
      names.push(name);
      if (greedy) {
        node.greedy = { value, names };
        return;
      }
      node.capture ??= newNode();
      node = node.capture;
    }
    node.leaf = { value, names };
  }

  find(path: string): Match<T> | undefined {
    const segments = split(path);
    const taken: string[] = [];
    const search = (node: Node<T>, i: number): Leaf<T> | undefined => {
      const segment = segments[i];
      if (segment === undefined) return node.leaf;
      const literal = node.literals.get(segment) ?? node.literals.get(decoded(segment) ?? '');
      const found = literal && search(literal, i + 1);
      if (found) return found;
      if (node.capture && segment !== '') {
        taken.push(segment);
        const captured = search(node.capture, i + 1);
        if (captured) return captured;
        taken.pop();
      }
      const rest = segments.slice(i).join('/');
      if (!node.greedy || !rest) return undefined;
      taken.push(rest);
      return node.greedy;
    };
    const leaf = search(this.#root, 0);
    if (!leaf) return undefined;
    const params: Record<string, string> = Object.create(null);
    leaf.names.forEach((name, i) => {
      params[name] = taken[i] ?? '';
    });
    return { value: leaf.value, params };
  }
}

/** The matchers of paths, each made for the first request that needs it. */
const matchers = new WeakMap<object, PathMatcher<unknown>>();

/** Matches the requested path, for front doors that match none themselves. */
export function matchedPath<T>(
  paths: ReadonlyMap<string, T>,
  event: GatewayEvent,
  dialect: Dialect,
): Match<T> | undefined {
  const matcher = (matchers.get(paths) as PathMatcher<T> | undefined) ?? new PathMatcher(paths);
  matchers.set(paths, matcher);
  return matcher.find(dialect.path(event));
}
