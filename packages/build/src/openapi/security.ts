import { identityOf } from '../identity.js';
import type { Inventory, InventoryAuthorizer, InventoryRoute } from '../inventory.js';
import { usedAuthorizers } from '../used-authorizers.js';

/** A Security Scheme Object (OpenAPI 3.1). */
export type SecurityScheme = { readonly description?: string } & (
  | { readonly type: 'http'; readonly scheme: 'bearer'; readonly bearerFormat: 'JWT' }
  | { readonly type: 'apiKey'; readonly name: string; readonly in: 'header' | 'query' }
);

/** The authorizers that routes name, in OpenAPI's words. */
export function securitySchemes(inventory: Inventory): Readonly<Record<string, SecurityScheme>> {
  return Object.fromEntries(usedAuthorizers(inventory).map((authorizer) => [authorizer.name, scheme(authorizer)]));
}

function scheme(authorizer: InventoryAuthorizer): SecurityScheme {
  switch (authorizer.kind) {
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
      return ownScheme(authorizer);
  }
}

/** A scheme has one name: that of the first header or query parameter. The description lists the others. */
function ownScheme(authorizer: InventoryAuthorizer): SecurityScheme {
  const { headers, query } = identityOf(authorizer);
  const [first = { name: 'Authorization', in: 'header' as const }, ...others] = [
    ...headers.map((name) => ({ name, in: 'header' as const })),
    ...query.map((name) => ({ name, in: 'query' as const })),
  ];
  const also = others.map((other) => `${other.in} ${other.name}`).join(', ');
  return { type: 'apiKey', ...first, ...(also && { description: `Also required: ${also}.` }) };
}

/** One requirement that names all of the route's authorizers: each of them must allow the caller. */
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
