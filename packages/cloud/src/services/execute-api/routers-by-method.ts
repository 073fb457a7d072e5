import type { Route } from './model.js';
import { type PathReading, Router } from './router.js';

/**
 * The candidate routes of each method: its own routes, and any-method routes of paths without a route for the method.
 * The best path is looked for among them alone: a path that lacks the method leaves the request to a less specific one.
 */
export function routersByMethod<T extends { readonly route: Pick<Route, 'method' | 'path'> }>(
  reading: PathReading,
  endpoints: readonly T[],
): ReadonlyMap<string, Router<T>> {
  const methods = new Set(['ANY', ...endpoints.map(({ route }) => route.method)]);
  const routers = new Map<string, Router<T>>();
  for (const method of methods) {
    const own = endpoints.filter(({ route }) => route.method === method);
    const paths = new Set(own.map(({ route }) => route.path));
    const router = new Router<T>(reading);
    for (const one of own) router.add(one.route.path, one);
    for (const one of endpoints) {
      if (method !== 'ANY' && one.route.method === 'ANY' && !paths.has(one.route.path)) router.add(one.route.path, one);
    }
    routers.set(method, router);
  }
  return routers;
}
