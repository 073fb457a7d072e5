import type { StandardSchemaV1 } from '../declare/standard-schema.js';
import type { AuthorizerDefinition, Schema } from '../definition.js';

/** A need for an authorizer. It gets its name under `auth`, and its resource from the construct. */
export interface Authorizer<A = unknown, K extends AuthorizerDefinition['kind'] = AuthorizerDefinition['kind']>
  extends AuthorizerDefinition {
  readonly kind: K;
  readonly _auth?: A;
}

/** API Gateway's description of the caller of an AWS_IAM route. */
export interface IamIdentity {
  readonly accountId: string;
  readonly userArn: string;
  readonly callerId: string;
}

/** The value that handlers read as `auth` behind `apiKey()`. */
export interface ApiKeyIdentity {
  readonly apiKeyId: string;
}

/**
 * Requests signed with AWS credentials that may call the route.
 * @example
 * const app = new App('reports', { auth: { caller: iam() } });
 * app.get('/reports', { auth: 'caller' }, ({ auth }) => ({ calledBy: auth.userArn }));
 */
export function iam(): Authorizer<IamIdentity, 'iam'> {
  return { kind: 'iam', options: {} };
}

/**
 * Tokens of a Cognito user pool.
 * @param claims the claims that handlers read as `auth`
 * @example
 * const app = new App('web-api', { auth: { user: cognito(z.object({ sub: z.string() })) } });
 * app.get('/me', { auth: 'user' }, ({ auth }) => auth.sub);
 */
export function cognito<C extends Schema>(claims: C): Authorizer<StandardSchemaV1.InferOutput<C>, 'cognito'> {
  return { kind: 'cognito', options: { claims } };
}

/**
 * Tokens of an OpenID Connect issuer. HTTP APIs only.
 * @param claims the claims that handlers read as `auth`
 * @example
 * const app = new App('web-api', { api: 'http', auth: { user: jwt(z.object({ sub: z.string() })) } });
 * app.get('/me', { auth: 'user', scopes: ['profile'] }, ({ auth }) => auth.sub);
 */
export function jwt<C extends Schema>(claims: C): Authorizer<StandardSchemaV1.InferOutput<C>, 'jwt'> {
  return { kind: 'jwt', options: { claims } };
}

/**
 * A key of a usage plan, in the header `x-api-key`. REST APIs only.
 * @example
 * const app = new App('partners', { auth: { partner: apiKey() }, defaultAuth: 'partner' });
 * app.get('/prices', ({ auth }) => pricesFor(auth.apiKeyId));
 */
export function apiKey(): Authorizer<ApiKeyIdentity, 'apiKey'> {
  return { kind: 'apiKey', options: {} };
}
