import { BuildError } from '../build-error.js';
import { httpApiHasNo } from '../errors/support.js';
import { identityOf } from '../identity.js';
import type { Inventory, InventoryAuthorizer } from '../inventory.js';
import { firstUse, usedAuthorizers } from '../used-authorizers.js';

/** An authorizer of an HTTP API. */
export type HttpApiAuthorizer =
  | { readonly name: string; readonly kind: 'iam' | 'cognito' | 'jwt' }
  | {
      readonly name: string;
      readonly kind: 'authorizer';
      /** The logical name of the function that decides. */
      readonly function: string;
      /** The identity sources: `$request.header.Authorization`, `$request.querystring.key`. */
      readonly identitySources: readonly string[];
      /** Seconds for which a decision is cached. */
      readonly ttl: number;
    };

/** Seconds for which API Gateway caches a decision by default. */
const DEFAULT_TTL = 300;

/**
 * The authorizers that routes of an HTTP API name.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED for kinds that HTTP APIs do not have
 */
export function httpApiAuthorizers(inventory: Inventory): readonly HttpApiAuthorizer[] {
  return usedAuthorizers(inventory).map((authorizer) => httpApiAuthorizer(authorizer, inventory));
}

function httpApiAuthorizer(authorizer: InventoryAuthorizer, inventory: Inventory): HttpApiAuthorizer {
  const { name, kind, options } = authorizer;
  if (kind === 'iam' || kind === 'cognito' || kind === 'jwt') return { name, kind };
  if (kind === 'authorizer' && options.type !== 'TOKEN') {
    return {
      name,
      kind,
      function: authorizer.function ?? name,
      identitySources: identitySources(authorizer),
      ttl: typeof options.ttl === 'number' ? options.ttl : DEFAULT_TTL,
    };
  }
  const lacking = kind === 'apiKey' ? 'API keys' : 'TOKEN authorizers';
  throw new BuildError(httpApiHasNo(lacking, name, firstUse(inventory, authorizer)));
}

function identitySources(authorizer: InventoryAuthorizer): readonly string[] {
  const { headers, query } = identityOf(authorizer);
  return [...headers.map((name) => `$request.header.${name}`), ...query.map((name) => `$request.querystring.${name}`)];
}
