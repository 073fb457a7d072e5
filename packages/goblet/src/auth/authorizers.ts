import type { StandardSchemaV1 } from '../declare/standard-schema.js';
import type { AuthorizerDefinition, Schema } from '../definition.js';

/** A need for an authorizer. It gets its name under `auth`, and its resource from the construct. */
export interface Authorizer<A = unknown, K extends AuthorizerDefinition['kind'] = AuthorizerDefinition['kind']>
  extends AuthorizerDefinition {
  readonly kind: K;
  readonly _auth?: A;
}

/** What API Gateway says of the caller of an AWS_IAM route. */
export interface IamIdentity {
  readonly accountId: string;
  readonly userArn: string;
  readonly callerId: string;
}

export interface ApiKeyIdentity {
  readonly apiKeyId: string;
}

/** Requests signed with AWS credentials that may call the route. */
export function iam(): Authorizer<IamIdentity, 'iam'> {
  return { kind: 'iam', options: {} };
}

/**
 * Tokens of a Cognito user pool.
 * @param claims the claims that handlers read as `auth`
 */
export function cognito<C extends Schema>(claims: C): Authorizer<StandardSchemaV1.InferOutput<C>, 'cognito'> {
  return { kind: 'cognito', options: { claims } };
}

/**
 * Tokens of an OpenID Connect issuer. HTTP APIs only.
 * @param claims the claims that handlers read as `auth`
 */
export function jwt<C extends Schema>(claims: C): Authorizer<StandardSchemaV1.InferOutput<C>, 'jwt'> {
  return { kind: 'jwt', options: { claims } };
}

/** A key of a usage plan, in the header `x-api-key`. REST APIs only. */
export function apiKey(): Authorizer<ApiKeyIdentity, 'apiKey'> {
  return { kind: 'apiKey', options: {} };
}
