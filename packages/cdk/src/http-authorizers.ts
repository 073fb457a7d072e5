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
import type { HttpApiAuthorizer } from './inventory.js';
import type { JwtIssuer, UncheckedNeeds, UserPoolBinding } from './props.js';

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
  // checkNeeds has let no binding through that does not fit its kind.
  if (authorizer.kind === 'jwt') {
    const { issuer, audience } = bindings[name] as JwtIssuer;
    return new HttpJwtAuthorizer(name, issuer, { jwtAudience: [...audience] });
  }
  const { userPool, userPoolClients } = bindings[name] as UserPoolBinding;
  return new HttpUserPoolAuthorizer(name, userPool, { userPoolClients });
}
