import type { FlatRoute } from '../declare/runtime.js';
import type { Stage } from './exchange.js';

/**
 * Reads `auth` before the stage runs, which refuses the request if the route's authorizers have no result.
 * @throws TypeError for a guarded route in a bundle that omits the guard
 */
export function guarded({ auth, options }: FlatRoute, inner: Stage): Stage {
  if (!auth.length) return inner;
  if (process.env.GOBLET_OMIT_AUTH === '1') throw new TypeError('GOBLET_BUNDLE: without authorizers');
  if (process.env.GOBLET_OMIT_SCOPES === '1' && options.scopes) throw new TypeError('GOBLET_BUNDLE: without scopes');
  return (exchange) => {
    void exchange.request.auth;
    return inner(exchange);
  };
}
