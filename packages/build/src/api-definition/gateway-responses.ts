import type { InventoryRoute } from '../inventory.js';
import { staticOrigin } from './preflight.js';

/**
 * CORS headers for the gateway's own errors (401, 403, 429, 5xx), so that a browser may read them. Gateway responses
 * cannot choose between origins, so they have no CORS headers if routes allow several.
 */
export function gatewayResponses(routes: readonly InventoryRoute[]): Readonly<Record<string, unknown>> | undefined {
  const origin = staticOrigin(routes);
  if (origin === undefined) return undefined;
  const credentials = routes.some(({ cors }) => cors?.credentials === true);
  const response = {
    responseParameters: {
      'gatewayresponse.header.Access-Control-Allow-Origin': `'${origin}'`,
      ...(credentials ? { 'gatewayresponse.header.Access-Control-Allow-Credentials': "'true'" } : {}),
    },
  };
  return { DEFAULT_4XX: response, DEFAULT_5XX: response };
}
