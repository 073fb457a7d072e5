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
import { tooManyAudiences } from './errors/options.js';
import { GobletError } from './goblet-error.js';
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
  // checkNeeds accepts only bindings of the right kind.
  if (authorizer.kind === 'jwt') {
    const { issuer, audience } = bindings[name] as JwtIssuer;
    checkAudience(name, audience);
    return new HttpJwtAuthorizer(name, issuer, { jwtAudience: [...audience] });
  }
  const { userPool, userPoolClients } = bindings[name] as UserPoolBinding;
  checkAudience(name, userPoolClients);
  return new HttpUserPoolAuthorizer(name, userPool, { userPoolClients });
}

/** "Audiences per authorizer" among the quotas of HTTP APIs, which AWS does not raise. */
const AUDIENCES = 50;

/** @throws GobletError GOBLET_CDK_OPTION */
function checkAudience(name: string, audience: readonly unknown[]): void {
  if (audience.length > AUDIENCES) throw new GobletError(tooManyAudiences(name, audience.length, AUDIENCES));
}
