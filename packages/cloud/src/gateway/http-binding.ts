/** The method and path of an operation: `/2015-03-31/functions/{FunctionName}/code`. */
export interface HttpBinding {
  readonly method: string;
  readonly path: string;
}

interface Segment {
  readonly kind: 'literal' | 'label' | 'greedy';
  readonly text: string;
}

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly segments: readonly Segment[];
  /** Query parameters that the path itself demands: `?mode=import`. */
  readonly literalQuery: readonly (readonly [string, string])[];
}

export interface RouteMatch {
  readonly operation: string;
  /** Labels, decoded once. */
  readonly labels: Readonly<Record<string, string>>;
}

function segmentOf(text: string): Segment {
  const label = /^\{([^}+]+)(\+?)\}$/.exec(text);
  if (!label) return { kind: 'literal', text };
  return { kind: label[2] === '+' ? 'greedy' : 'label', text: label[1] ?? '' };
}

function splitPath(path: string): string[] {
  const parts = path.split('/').slice(1);
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

const RANK = { literal: 0, label: 1, greedy: 2 };

/** Literal beats label beats greedy, left to right; a demanded query beats none. */
function compareRoutes(a: Route, b: Route): number {
  for (let i = 0; i < Math.min(a.segments.length, b.segments.length); i++) {
    const difference = RANK[a.segments[i]?.kind ?? 'greedy'] - RANK[b.segments[i]?.kind ?? 'greedy'];
    if (difference !== 0) return difference;
  }
  return b.segments.length - a.segments.length || b.literalQuery.length - a.literalQuery.length;
}

function matchSegments(segments: readonly Segment[], parts: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (let i = 0, at = 0; i < segments.length; i++) {
    const segment = segments[i];
    const part = parts[at];
    if (segment === undefined || part === undefined) return undefined;
    if (segment.kind === 'greedy') {
      const after = segments.length - i - 1;
      const end = parts.length - after;
      if (end <= at) return undefined;
      labels[segment.text] = parts.slice(at, end).map(decodeURIComponent).join('/');
      at = end;
    } else {
      if (segment.kind === 'literal' ? part !== segment.text : part === '') return undefined;
      if (segment.kind === 'label') labels[segment.text] = decodeURIComponent(part);
      at++;
    }
    if (i === segments.length - 1 && at !== parts.length) return undefined;
  }
  return segments.length === 0 && parts.length > 0 ? undefined : labels;
}

/** Finds the operation of a REST service by method, path (as sent) and query. A malformed escape matches nothing. */
export function createRouter(
  bindings: Iterable<readonly [operation: string, binding: HttpBinding]>,
): (method: string, path: string, query: URLSearchParams) => RouteMatch | undefined {
  const routes: Route[] = [];
  for (const [operation, { method, path }] of bindings) {
    const [pathname = '', query] = path.split('?');
    const segments = splitPath(pathname).map(segmentOf);
    routes.push({ operation, method, segments, literalQuery: [...new URLSearchParams(query)] });
  }
  routes.sort(compareRoutes);
  return (method, path, query) => {
    const parts = splitPath(path);
    for (const route of routes) {
      if (route.method !== method) continue;
      if (!route.literalQuery.every(([name, value]) => query.get(name) === value)) continue;
      try {
        const labels = matchSegments(route.segments, parts);
        if (labels) return { operation: route.operation, labels };
      } catch {
        return undefined;
      }
    }
    return undefined;
  };
}
