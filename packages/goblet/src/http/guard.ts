import { admitScopes } from '#parts/scopes';
import type { FlatRoute } from '../declare/app-runtime.js';

/** Reads `auth` before the stage runs, which refuses the request if the route's authorizers have no result. */
export function guarded<E extends { readonly request: { readonly auth: unknown } }>(
  { auth, options }: FlatRoute,
  inner: (exchange: E) => unknown,
): (exchange: E) => unknown {
  if (!auth.length) return inner;
  admitScopes(options.scopes);
  return (exchange) => {
    void exchange.request.auth;
    return inner(exchange);
  };
}
