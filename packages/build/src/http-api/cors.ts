import { BuildError } from '../build-error.js';
import { corsDiffers } from '../errors/support.js';
import type { InventoryRoute } from '../inventory.js';

/** API Gateway's own members of a CORS configuration. */
export interface HttpApiCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

/**
 * An HTTP API has one CORS configuration for all of its routes, and answers preflights itself.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED if two routes differ, with both lines
 */
export function httpApiCors(routes: readonly InventoryRoute[]): HttpApiCors | undefined {
  const [first] = routes;
  const other = routes.find((route) => settings(route) !== settings(first));
  if (first !== undefined && other !== undefined) throw new BuildError(corsDiffers(first, other));
  const cors = first?.cors;
  if (cors === undefined) return undefined;
  const methods = new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])));
  return {
    allowOrigins: cors.origins,
    allowMethods: [...methods],
    allowHeaders: cors.headers,
    exposeHeaders: cors.exposeHeaders,
    allowCredentials: cors.credentials,
    ...(cors.maxAge === undefined ? {} : { maxAge: cors.maxAge }),
  };
}

function settings(route: InventoryRoute | undefined): string {
  return JSON.stringify(route?.cors ?? null);
}
