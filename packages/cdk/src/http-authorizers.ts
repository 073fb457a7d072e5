import { Duration } from 'aws-cdk-lib';
import type { IHttpRouteAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpJwtAuthorizer,
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
  HttpUserPoolAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { GobletError } from './errors.js';
import { at, type Inventory, type InventoryAuthorizer } from './inventory.js';
import type { UncheckedNeeds } from './props.js';
import { userPoolAndClientsOf } from './user-pool.js';

type Bindings = NonNullable<UncheckedNeeds['auth']>;

/**
 * CDK's authorizers of an HTTP API, by name.
 * @throws GobletError GOBLET_CDK_AUTH_NOT_SUPPORTED for kinds that HTTP APIs do not have, and for two on one route
 */
export function httpAuthorizers(
  inventory: Inventory,
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: Bindings,
): ReadonlyMap<string, IHttpRouteAuthorizer> {
  for (const route of inventory.routes) {
    if (route.auth.length > 1) {
      throw new GobletError(
        'GOBLET_CDK_AUTH_NOT_SUPPORTED',
        `${route.method} ${route.path}${at(route.source)} names the authorizers ${route.auth.join(' and ')}; a route of an HTTP API has one`,
      );
    }
  }
  return new Map(
    inventory.authorizers.map((authorizer) => [
      authorizer.name,
      httpAuthorizer(authorizer, inventory, functions, bindings),
    ]),
  );
}

function httpAuthorizer(
  authorizer: InventoryAuthorizer,
  inventory: Inventory,
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: Bindings,
): IHttpRouteAuthorizer {
  const { name, kind, options } = authorizer;
  if (kind === 'iam') return new HttpIamAuthorizer();
  if (kind === 'jwt') return jwtAuthorizer(name, bindings);
  if (kind === 'cognito') {
    const { userPool, userPoolClients } = userPoolAndClientsOf(name, bindings);
    return new HttpUserPoolAuthorizer(name, userPool, { userPoolClients });
  }
  const fn = functions[authorizer.function ?? name];
  if (kind === 'authorizer' && options.type !== 'TOKEN' && fn !== undefined) {
    return new HttpLambdaAuthorizer(name, fn, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: [`$request.header.${String(options.header ?? 'Authorization')}`],
      resultsCacheTtl: Duration.seconds(typeof options.ttl === 'number' ? options.ttl : 300),
    });
  }
  const route = inventory.routes.find(({ auth }) => auth.includes(name));
  throw new GobletError(
    'GOBLET_CDK_AUTH_NOT_SUPPORTED',
    `HTTP APIs have no ${kind === 'apiKey' ? 'API keys' : 'TOKEN authorizers'}, and ${name} asks for one${at(route?.source)}; declare api: 'rest', or use another authorizer`,
  );
}

function jwtAuthorizer(name: string, bindings: Bindings): IHttpRouteAuthorizer {
  const binding = bindings[name];
  if (binding === undefined || !('issuer' in binding)) {
    throw new GobletError(
      'GOBLET_CDK_AUTH_UNBOUND',
      `the authorizer ${name} takes a token issuer; give auth: { ${name}: { issuer: 'https://…', audience: ['…'] } }`,
    );
  }
  return new HttpJwtAuthorizer(name, binding.issuer, { jwtAudience: [...binding.audience] });
}
