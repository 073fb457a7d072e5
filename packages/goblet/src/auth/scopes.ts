import type { AuthorizerDefinition } from '../definition.js';
import { InsufficientScope } from '../http/errors.js';
import type { Logger } from '../lambda/logger.js';
import { hasTokens } from './tokens.js';

/** An authorizer's result; `scopes` if it lists a token's scopes beside the claims. */
export interface Found {
  readonly result: Readonly<Record<string, unknown>>;
  readonly scopes?: unknown;
}

/**
 * The scopes of a token. An HTTP API lists them if its route requires scopes. Otherwise they are in the claim `scope`
 * or `scp`: text with spaces (RFC 8693, 4.2), in brackets if the token has a list.
 */
function scopesOf({ result: { scope, scp }, scopes }: Found): readonly unknown[] {
  const said = scopes ?? scope ?? scp;
  if (typeof said === 'string') return said.replace(/^\[(.*)\]$/, '$1').split(' ');
  return Array.isArray(said) ? said : [];
}

/** @throws InsufficientScope if the caller's token has none of the route's scopes */
export function checkScopes(
  name: string,
  definition: AuthorizerDefinition,
  found: Found,
  scopes: readonly string[] | undefined,
  log: Logger,
): void {
  if (!scopes || !hasTokens(definition) || scopesOf(found).some((scope) => scopes.includes(scope as string))) return;
  log.warn('The token has none of the scopes of the route', { authorizer: name, scopes });
  throw new InsufficientScope(`The token needs one of the scopes ${scopes.join(', ')}`);
}

/** Admits a route's scopes, which a bundle without this part refuses. */
export function admitScopes(_scopes: readonly string[] | undefined): void {}
