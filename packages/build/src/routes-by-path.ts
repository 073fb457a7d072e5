import type { InventoryRoute } from './inventory.js';

/** The routes of each path, in order of declaration. */
export function routesByPath(routes: readonly InventoryRoute[]): ReadonlyMap<string, readonly InventoryRoute[]> {
  const byPath = new Map<string, InventoryRoute[]>();
  for (const route of routes) {
    const known = byPath.get(route.path);
    if (known === undefined) byPath.set(route.path, [route]);
    else known.push(route);
  }
  return byPath;
}

const API_HANDLER = 'APIHandler';

/**
 * The function that answers methods without a route on the path: the function of the first route that does not stream.
 */
export function fallbackFunction(routes: readonly InventoryRoute[]): string {
  const buffered = routes.filter(({ stream }) => stream !== true);
  return buffered.find((route) => route.function === API_HANDLER)?.function ?? buffered[0]?.function ?? API_HANDLER;
}
