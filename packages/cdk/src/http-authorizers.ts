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
import type { HttpApiAuthorizer } from './inventory.js';
import type { UncheckedNeeds } from './props.js';
import { userPoolAndClientsOf } from './user-pool.js';

type Bindings = NonNullable<UncheckedNeeds['auth']>;

/** CDK's authorizers of an HTTP API, by name. */
export function httpAuthorizers(
  authorizers: readonly HttpApiAuthorizer[],
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: Bindings,
): ReadonlyMap<string, IHttpRouteAuthorizer> {
  return new Map(authorizers.map((authorizer) => [authorizer.name, httpAuthorizer(authorizer, functions, bindings)]));
}

function httpAuthorizer(
  authorizer: HttpApiAuthorizer,
  functions: Readonly<Record<string, lambda.Function>>,
  bindings: Bindings,
): IHttpRouteAuthorizer {
  const { name } = authorizer;
  if (authorizer.kind === 'authorizer') {
    const fn = functions[authorizer.function];
    if (fn === undefined) throw new Error(`the authorizer ${name} is ${authorizer.function}, which is no function`);
    return new HttpLambdaAuthorizer(name, fn, {
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      identitySource: [...authorizer.identitySources],
      resultsCacheTtl: Duration.seconds(authorizer.ttl),
    });
  }
  if (authorizer.kind === 'iam') return new HttpIamAuthorizer();
  if (authorizer.kind === 'jwt') return jwtAuthorizer(name, bindings);
  const { userPool, userPoolClients } = userPoolAndClientsOf(name, bindings);
  return new HttpUserPoolAuthorizer(name, userPool, { userPoolClients });
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
