import { BuildError } from '../build-error.js';
import { severalAuthorizers } from '../errors/support.js';
import { checkAuthorizerNames, checkHttpApiLimits } from '../fixed-limits.js';
import type { Inventory, InventoryRoute } from '../inventory.js';
import { fallbackFunction, routesByPath } from '../routes-by-path.js';
import { type HttpApiAuthorizer, httpApiAuthorizers } from './authorizers.js';
import { type HttpApiCors, httpApiCors } from './cors.js';

/**
 * The routes, authorizers and CORS of an HTTP API, from which the construct creates CDK objects and which a local
 * server serves.
 */
export interface HttpApiDefinition {
  readonly routes: readonly HttpApiRoute[];
  /** The authorizers that a route names. */
  readonly authorizers: readonly HttpApiAuthorizer[];
  /** Absent if API Gateway does nothing about CORS. */
  readonly cors?: HttpApiCors;
}

/** A route of an HTTP API. */
export interface HttpApiRoute {
  /** Upper case; `ANY` for every method without a route of its own on the path. */
  readonly method: string;
  readonly path: string;
  /** Its logical name. */
  readonly function: string;
  /** The name of an authorizer in `authorizers`; absent for an open route. */
  readonly authorizer?: string;
  readonly scopes?: readonly string[];
}

/**
 * The definition of an HTTP API whose routes all call their function with payload format 2.0. The any-method route lets
 * the function answer 405, and HEAD if GET is open; a guarded GET gets a HEAD route with the same authorizer.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED for features that HTTP APIs do not have, GOBLET_BUILD_LIMIT for more
 * than they accept, with the source lines
 * @example for (const { method, path } of httpApiDefinition(inventory).routes) console.log(`${method} ${path}`);
 */
export function httpApiDefinition(inventory: Inventory): HttpApiDefinition {
  checkAuthorizerNames(inventory);
  checkHttpApiLimits(inventory);
  const authorizers = httpApiAuthorizers(inventory);
  const cors = httpApiCors(inventory.routes);
  const routes: HttpApiRoute[] = [];
  for (const [path, declared] of routesByPath(inventory.routes)) {
    for (const route of declared) routes.push(routeOf(route, route.method));
    const get = declared.find(({ method }) => method === 'GET');
    const hasHead = declared.some(({ method }) => method === 'HEAD');
    if (get !== undefined && get.auth.length > 0 && !hasHead) routes.push(routeOf(get, 'HEAD'));
    routes.push({ method: 'ANY', path, function: fallbackFunction(declared) });
  }
  return { routes, authorizers, ...(cors === undefined ? {} : { cors }) };
}

function routeOf(route: InventoryRoute, method: string): HttpApiRoute {
  const { path, auth, scopes } = route;
  const [authorizer, second] = auth;
  if (second !== undefined) throw new BuildError(severalAuthorizers(route, auth, 'a route of an HTTP API'));
  return {
    method,
    path,
    function: route.function,
    ...(authorizer === undefined ? {} : { authorizer }),
    ...(authorizer === undefined || scopes === undefined ? {} : { scopes }),
  };
}
