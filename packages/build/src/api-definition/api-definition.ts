import { checkAuthorizerNames, checkDefinitionSize } from '../fixed-limits.js';
import type { Inventory, InventoryRoute } from '../inventory.js';
import { fallbackFunction, routesByPath } from '../routes-by-path.js';
import type { ApiBindings, ApiDefinition, Operation, PathItem } from './definition.js';
import { gatewayResponses } from './gateway-responses.js';
import { checkPaths } from './paths.js';
import { preflight } from './preflight.js';
import { securityOf, securitySchemes } from './security.js';

export type { ApiBindings, ApiDefinition, Operation, PathItem } from './definition.js';

const ANY_METHOD = 'x-amazon-apigateway-any-method';

/**
 * The API Gateway dialect of OpenAPI 3.0.1 for the routes of a REST API, without schemas: the function validates.
 * Besides the declared methods, a path gets HEAD if it has GET (with the same authorizers), OPTIONS if it has CORS, and
 * the any-method, with which the function answers 405 with Allow.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED and GOBLET_BUILD_LIMIT for a definition that API Gateway's import would
 * refuse
 * @example const definition = apiDefinition(inventory, { functionUri: (name) => uris.get(name) ?? '' });
 */
export function apiDefinition(inventory: Inventory, bindings: ApiBindings): ApiDefinition {
  checkPaths(inventory.routes);
  checkAuthorizerNames(inventory);
  const paths: Record<string, PathItem> = {};
  for (const [path, routes] of routesByPath(inventory.routes)) {
    paths[path] = pathItem(path, routes, inventory, bindings);
  }
  const schemes = securitySchemes(inventory, bindings);
  const responses = gatewayResponses(inventory.routes);
  const definition: ApiDefinition = {
    openapi: '3.0.1',
    info: { title: inventory.name, version: '1.0' },
    paths,
    ...(Object.keys(schemes).length === 0 ? {} : { components: { securitySchemes: schemes } }),
    'x-amazon-apigateway-binary-media-types': bindings.binaryMediaTypes ?? ['*/*'],
    ...(responses === undefined ? {} : { 'x-amazon-apigateway-gateway-responses': responses }),
  };
  checkDefinitionSize(definition);
  return definition;
}

function pathItem(
  path: string,
  routes: readonly InventoryRoute[],
  inventory: Inventory,
  bindings: ApiBindings,
): PathItem {
  const declared = new Map(routes.map((route) => [route.method, route]));
  const get = declared.get('GET');
  const item: Record<string, Operation> = {};
  for (const [method, route] of declared) {
    item[method.toLowerCase()] = routeOperation(route, inventory, bindings);
  }
  if (get !== undefined && !declared.has('HEAD')) item.head = routeOperation(get, inventory, bindings);
  const fallback = fallbackFunction(routes);
  if (!declared.has('OPTIONS') && routes.some(({ cors }) => cors !== undefined)) {
    item.options = preflight(routes, pathParameters(path)) ?? openOperation(path, bindings.functionUri(fallback));
  }
  item[ANY_METHOD] = openOperation(path, bindings.functionUri(fallback));
  return item;
}

function routeOperation(route: InventoryRoute, inventory: Inventory, bindings: ApiBindings): Operation {
  const security = securityOf(route, inventory);
  return {
    ...parametersOf(route.path),
    responses: { 200: { description: "The function's response" } },
    ...(security.length === 0 ? {} : { security }),
    'x-amazon-apigateway-integration': integration(route, bindings),
  };
}

function integration(route: InventoryRoute, bindings: ApiBindings): Readonly<Record<string, unknown>> {
  if (route.stream !== true) return proxy(bindings.functionUri(route.function));
  const uri = (bindings.streamingUri ?? bindings.functionUri)(route.function);
  return { ...proxy(uri), responseTransferMode: 'STREAM' };
}

function openOperation(path: string, uri: string): Operation {
  return {
    ...parametersOf(path),
    responses: { 200: { description: "The function's response" } },
    'x-amazon-apigateway-integration': proxy(uri),
  };
}

/** A Lambda proxy integration; Lambda is always invoked with POST. */
function proxy(uri: string): Readonly<Record<string, unknown>> {
  return { type: 'aws_proxy', httpMethod: 'POST', uri, passthroughBehavior: 'when_no_match' };
}

function parametersOf(path: string): { readonly parameters?: readonly unknown[] } {
  const parameters = pathParameters(path);
  return parameters.length === 0 ? {} : { parameters };
}

/** Every variable of the path; a greedy variable is named without its plus. */
export function pathParameters(path: string): readonly unknown[] {
  return [...path.matchAll(/\{([^}]+?)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}
