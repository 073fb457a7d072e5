import type { Inventory, InventoryAuthorizer, InventoryRoute } from '../inventory.js';

/** The authorizers that routes name, in OpenAPI's words. */
export function securitySchemes(inventory: Inventory): Readonly<Record<string, object>> {
  const used = new Set(inventory.routes.flatMap(({ auth }) => auth));
  return Object.fromEntries(
    inventory.authorizers
      .filter(({ name }) => used.has(name))
      .map((authorizer) => [authorizer.name, scheme(authorizer)]),
  );
}

function scheme({ kind, options }: InventoryAuthorizer): object {
  const { header } = options;
  switch (kind) {
    case 'cognito':
    case 'jwt':
      return { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
    case 'iam':
      return {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        description: 'A request signed with AWS Signature Version 4 for the service execute-api.',
      };
    case 'apiKey':
      return { type: 'apiKey', name: 'x-api-key', in: 'header' };
    case 'authorizer':
      return { type: 'apiKey', name: typeof header === 'string' ? header : 'Authorization', in: 'header' };
  }
}

/** One requirement that names all of the route's authorizers: each of them has to admit. */
export function securityRequirements(
  route: InventoryRoute,
  inventory: Inventory,
): readonly Readonly<Record<string, readonly string[]>>[] {
  if (route.auth.length === 0) return [];
  const kinds = new Map(inventory.authorizers.map(({ name, kind }) => [name, kind]));
  return [Object.fromEntries(route.auth.map((name) => [name, scopes(name, route, kinds)]))];
}

function scopes(
  name: string,
  route: InventoryRoute,
  kinds: ReadonlyMap<string, InventoryAuthorizer['kind']>,
): readonly string[] {
  const kind = kinds.get(name);
  return kind === 'cognito' || kind === 'jwt' ? (route.scopes ?? []) : [];
}
