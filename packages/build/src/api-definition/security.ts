import { BuildError } from '../build-error.js';
import { userPoolMissing } from '../errors/options.js';
import { jwtOfRestApi, severalAuthorizers } from '../errors/support.js';
import { identityOf } from '../identity.js';
import type { Inventory, InventoryAuthorizer, InventoryRoute } from '../inventory.js';
import { firstUse, usedAuthorizers } from '../used-authorizers.js';
import type { ApiBindings } from './definition.js';

/** Security schemes in API Gateway's words, one for each authorizer that a route names. */
export function securitySchemes(inventory: Inventory, bindings: ApiBindings): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    usedAuthorizers(inventory).map((authorizer) => [authorizer.name, securityScheme(authorizer, inventory, bindings)]),
  );
}

function securityScheme(
  authorizer: InventoryAuthorizer,
  inventory: Inventory,
  bindings: ApiBindings,
): Readonly<Record<string, unknown>> {
  const header = { type: 'apiKey', name: 'Authorization', in: 'header' };
  switch (authorizer.kind) {
    case 'iam':
      return { ...header, 'x-amazon-apigateway-authtype': 'awsSigv4' };
    case 'apiKey':
      return { ...header, name: 'x-api-key' };
    case 'cognito':
      return {
        ...header,
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': {
          type: 'cognito_user_pools',
          providerARNs: userPoolArns(authorizer, bindings),
        },
      };
    case 'authorizer':
      return { ...header, name: schemeName(authorizer), ...customAuthorizer(authorizer, bindings) };
    case 'jwt':
      throw new BuildError(jwtOfRestApi(authorizer.name, firstUse(inventory, authorizer)));
  }
}

function userPoolArns(authorizer: InventoryAuthorizer, bindings: ApiBindings): readonly string[] {
  const arns = bindings.userPoolArns?.(authorizer.name) ?? [];
  if (arns.length > 0) return arns;
  throw new BuildError(userPoolMissing(authorizer.name));
}

/** `Unused` if the authorizer's identity source is not one header ("x-amazon-apigateway-authorizer object"). */
function schemeName(authorizer: InventoryAuthorizer): string {
  const { headers, query } = identityOf(authorizer);
  const [name] = headers;
  return name === undefined || headers.length > 1 || query.length > 0 ? 'Unused' : name;
}

function customAuthorizer(authorizer: InventoryAuthorizer, bindings: ApiBindings): Readonly<Record<string, unknown>> {
  const { options, name } = authorizer;
  const request = options.type !== 'TOKEN';
  const { headers, query } = identityOf(authorizer);
  return {
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: request ? 'request' : 'token',
      authorizerUri: bindings.functionUri(authorizer.function ?? name),
      identitySource: [
        ...headers.map((header) => `method.request.header.${header}`),
        ...query.map((parameter) => `method.request.querystring.${parameter}`),
      ].join(', '),
      ...(typeof options.ttl === 'number' ? { authorizerResultTtlInSeconds: options.ttl } : {}),
    },
  };
}

/**
 * At most one requirement: a method of a REST API has one authorizer, and may also require an API key.
 * @throws BuildError GOBLET_BUILD_NOT_SUPPORTED for a second authorizer
 */
export function securityOf(
  route: InventoryRoute,
  inventory: Inventory,
): readonly Readonly<Record<string, readonly string[]>>[] {
  if (route.auth.length === 0) return [];
  const kinds = new Map(inventory.authorizers.map(({ name, kind }) => [name, kind]));
  const deciding = route.auth.filter((name) => kinds.get(name) !== 'apiKey');
  if (deciding.length > 1) throw new BuildError(severalAuthorizers(route, deciding, 'a method of a REST API'));
  return [
    Object.fromEntries(
      route.auth.map((name) => [name, kinds.get(name) === 'cognito' ? [...(route.scopes ?? [])] : []]),
    ),
  ];
}
