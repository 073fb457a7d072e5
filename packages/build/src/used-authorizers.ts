import type { Inventory, InventoryAuthorizer, InventoryLine } from './inventory.js';

/** The authorizers that a route names. Others are not created. */
export function usedAuthorizers({ routes, authorizers }: Inventory): readonly InventoryAuthorizer[] {
  const used = new Set(routes.flatMap(({ auth }) => auth));
  return authorizers.filter(({ name }) => used.has(name));
}

/** The first route that an authorizer guards. */
export function firstUse({ routes }: Inventory, { name }: InventoryAuthorizer): InventoryLine | undefined {
  return routes.find(({ auth }) => auth.includes(name))?.source;
}
