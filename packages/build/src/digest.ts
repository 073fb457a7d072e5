import { createHash } from 'node:crypto';
import type { Inventory } from './inventory.js';

/** Short hash of the infrastructure in the inventory; it does not change when only lines or schemas change. */
export function infrastructureDigest(inventory: Inventory): string {
  const { name, api, functions, routes, authorizers, sources, environment } = inventory;
  const infrastructure = {
    name,
    api,
    functions,
    routes: routes.map((route) => [route.method, route.path, route.function, route.auth, route.scopes, route.cors]),
    authorizers,
    sources: sources.map((source) => [source.name, source.kind, source.options]),
    environment,
  };
  return createHash('sha256').update(JSON.stringify(infrastructure)).digest('hex').slice(0, 16);
}
