import { checkAuthorizerNames, checkDefinitionSize } from '../fixed-limits.js';
import type { Inventory, InventoryRoute } from '../inventory.js';
import { fallbackFunction, routesByPath } from '../routes-by-path.js';
import { gatewayResponses } from './gateway-responses.js';
import { checkPaths } from './paths.js';
import { preflight } from './preflight.js';
import { securityOf, securitySchemes } from './security.js';

/** Where the things that a definition names are: CDK tokens, Fn::Sub texts or local names. */
export interface ApiBindings {
  /**
   * The integration URI of a function by its logical name:
   * `arn:aws:apigateway:<region>:lambda:path/2015-03-31/functions/<function ARN>/invocations`.
   */
  readonly functionUri: (name: string) => string;
  /** The same for a function that streams: `…/2021-11-15/functions/<function ARN>/response-streaming-invocations`. */
  readonly streamingUri?: (name: string) => string;
  /** The user pools that a `cognito` authorizer accepts, by the authorizer's name. */
  readonly userPoolArns?: (authorizer: string) => readonly string[];
  /** All of them (`any media type`) by default. */
  readonly binaryMediaTypes?: readonly string[];
}

/** A document that `ImportRestApi` and `AWS::ApiGateway::RestApi` take as their body. */
export interface ApiDefinition {
  readonly openapi: '3.0.1';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: { readonly securitySchemes: Readonly<Record<string, unknown>> };
  readonly 'x-amazon-apigateway-binary-media-types': readonly string[];
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, unknown>>;
}

/** Operations by lower-case method, and `x-amazon-apigateway-any-method`. */
export type PathItem = Readonly<Record<string, Operation>>;

export interface Operation {
  readonly parameters?: readonly unknown[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>>;
}

const ANY_METHOD = 'x-amazon-apigateway-any-method';

/**
 * The API Gateway dialect of OpenAPI 3.0.1 for the routes of a REST API, without schemas: the function validates.
 * Beside the declared methods a path gets HEAD where it has GET (with GET's authorizers), OPTIONS where it has CORS, and
 * the any-method, by which the function answers 405 with Allow.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED and GOBLET_BUILD_LIMIT for what API Gateway's import would refuse
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
    responses: { 200: { description: 'What the function answers' } },
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
    responses: { 200: { description: 'What the function answers' } },
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

/** Every variable of the path; a greedy one is named without its plus. */
export function pathParameters(path: string): readonly unknown[] {
  return [...path.matchAll(/\{([^}]+?)\+?\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}
