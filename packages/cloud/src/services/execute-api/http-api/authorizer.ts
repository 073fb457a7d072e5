import { type HttpRequest, header } from '../../../core/http.js';
import { isObject } from '../../../core/json.js';
import type { AuthorizerCache } from '../authorizer.js';
import { type Exchange, methodArn, type Place } from '../exchange.js';
import { type Invoker, payloadValue } from '../invoker.js';
import type { ApiModel, AuthorizerDefinition, Route } from '../model.js';
import { authorizerPolicy } from '../policy.js';
import { type SignatureVerifier, unavailableMessage } from '../route-authorizer.js';
import { cookiesOf, headersOf, queryOf, requestContextV2 } from './event.js';

/** Verifies a JSON web token for an issuer and its audience; gives its claims and scopes, or why it is not good. */
export type JwtVerifier = (
  token: string,
  issuer: string,
  audience: readonly string[],
) => Promise<
  | { readonly claims: Readonly<Record<string, unknown>>; readonly scopes: readonly string[] }
  | { readonly refused: string }
  /** Nothing here can verify tokens of this issuer. */
  | { readonly unavailable: string }
>;

/** Lets the caller in by setting `exchange.authorizer`, or gives the status and the message that refuse it. */
export type AuthorizeHttp = (exchange: Exchange) => Promise<Refusal | undefined>;

export interface Refusal {
  readonly status: number;
  readonly message: string;
  /** `www-authenticate` */
  readonly challenge?: string;
  /** The reason in access logs. */
  readonly reason?: string;
}

const UNAUTHORIZED: Refusal = { status: 401, message: 'Unauthorized' };
const FORBIDDEN: Refusal = { status: 403, message: 'Forbidden' };
const FAILED: Refusal = { status: 500, message: 'Internal Server Error' };

export interface HttpAuthorizerSetting {
  readonly model: ApiModel;
  readonly place: Place;
  readonly invoker: Invoker;
  readonly cache: AuthorizerCache;
  readonly verifySignature?: SignatureVerifier;
  readonly verifyJwt?: JwtVerifier;
  readonly advice?: string;
  readonly now: () => number;
  readonly log: (message: string) => void;
}

/** The authorizer of a route of an HTTP API; undefined for open routes. */
export function httpAuthorizer(
  setting: HttpAuthorizerSetting,
  route: Route,
  routeKey: string,
): AuthorizeHttp | undefined {
  const { model, place, verifySignature, verifyJwt, advice } = setting;
  const { authorization } = route;
  if (authorization.kind === 'NONE') return undefined;
  if (authorization.kind === 'AWS_IAM') {
    if (!verifySignature)
      return unavailable(`AWS_IAM authorization (${routeKey}) needs a verifier of signatures`, advice);
    return async (exchange) => {
      const verified = await verifySignature(
        exchange.request,
        methodArn(place, exchange.request.method, exchange.request.path),
      );
      if ('refused' in verified) return FORBIDDEN;
      exchange.identity = verified.identity;
      const { accountId, accessKey, caller, userArn, user } = verified.identity;
      exchange.authorizer = {
        iam: {
          accessKey,
          accountId,
          callerId: caller,
          userArn,
          userId: user,
          cognitoIdentity: null,
          principalOrgId: null,
        },
      };
      return undefined;
    };
  }
  const definition = model.authorizers[authorization.authorizer];
  if (definition === undefined) throw new Error(`${routeKey} names the unknown authorizer ${authorization.authorizer}`);
  if (definition.type === 'JWT') {
    if (!verifyJwt)
      return unavailable(`the JWT authorizer ${authorization.authorizer} needs a verifier of tokens`, advice);
    return jwt(verifyJwt, definition, 'scopes' in authorization ? authorization.scopes : []);
  }
  if (definition.type !== 'REQUEST') throw new Error(`${routeKey}: HTTP APIs have no ${definition.type} authorizers`);
  return lambda(setting, authorization.authorizer, definition, routeKey);
}

function unavailable(what: string, advice: string | undefined): AuthorizeHttp {
  return async () => ({ status: 501, message: unavailableMessage(what, advice) });
}

function jwt(
  verify: JwtVerifier,
  definition: Extract<AuthorizerDefinition, { type: 'JWT' }>,
  scopes: readonly string[],
): AuthorizeHttp {
  const source = identitySource(definition.identitySources[0] ?? '$request.header.Authorization');
  return async (exchange) => {
    const sent = source(exchange.request);
    if (!sent) return { ...UNAUTHORIZED, challenge: 'Bearer' };
    const verified = await verify(sent.replace(/^Bearer\s+/i, ''), definition.issuer, definition.audience);
    if ('unavailable' in verified) return { status: 501, message: verified.unavailable };
    if ('refused' in verified) {
      const { refused } = verified;
      return {
        ...UNAUTHORIZED,
        // As "Troubleshooting issues with HTTP API JWT authorizers" shows it.
        challenge: `Bearer scope="${scopes.join(' ')}" error="invalid_token" error_description="${refused}"`,
        reason: `invalid_token: ${refused}`,
      };
    }
    const { claims } = verified;
    if (scopes.length === 0) exchange.authorizer = { jwt: { claims, scopes: null } };
    else if (scopes.some((scope) => verified.scopes.includes(scope))) exchange.authorizer = { jwt: verified };
    else {
      const error = 'insufficient_scope';
      return { ...FORBIDDEN, challenge: `Bearer scope="${scopes.join(' ')}" error="${error}"`, reason: error };
    }
    return undefined;
  };
}

function lambda(
  { invoker, place, cache, now, log }: HttpAuthorizerSetting,
  name: string,
  definition: Extract<AuthorizerDefinition, { uri: string }>,
  routeKey: string,
): AuthorizeHttp {
  const sources = definition.identitySources.map(identitySource);
  const sourceArn = `arn:aws:execute-api:${place.region}:${place.account}:${place.apiId}/authorizers/${name}`;
  return async (exchange) => {
    const identity = sources.map((source) => source(exchange.request));
    if (identity.some((value) => !value)) return UNAUTHORIZED;
    const arn = methodArn(place, exchange.request.method, exchange.request.path);
    const key = definition.ttl > 0 ? JSON.stringify([name, ...identity]) : undefined;
    const kept = key === undefined ? undefined : cache.get(key);
    if (kept !== undefined && kept.expires > now()) return admit(exchange, kept.policy(arn) === 'allow', kept.context);
    try {
      const invocation = await invoker.invoke(
        definition.uri,
        event(exchange, identity, arn),
        new AbortController().signal,
        sourceArn,
      );
      if ('functionError' in invocation) throw new Error(invocation.errorMessage ?? invocation.functionError);
      const value = payloadValue('payload' in invocation ? invocation.payload : undefined);
      if (!isObject(value)) throw new Error('its answer is not an object');
      const context = isObject(value.context) ? value.context : {};
      const simple = definition.simpleResponses === true;
      if (simple && typeof value.isAuthorized !== 'boolean') throw new Error('its answer has no isAuthorized');
      const policy = simple
        ? () => (value.isAuthorized ? ('allow' as const) : ('implicitDeny' as const))
        : authorizerPolicy(value.policyDocument);
      if (policy === undefined) throw new Error('its answer has no policyDocument');
      if (key !== undefined)
        cache.set(key, { policy, context, usageIdentifierKey: undefined, expires: now() + definition.ttl * 1000 });
      return admit(exchange, policy(arn) === 'allow', context);
    } catch (error) {
      log(`the authorizer ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      return FAILED;
    }
  };

  /** Payload format 2.0 of authorizers (developer guide, "Control access to HTTP APIs with AWS Lambda authorizers"). */
  function event(exchange: Exchange, identity: readonly (string | undefined)[], arn: string): Record<string, unknown> {
    const cookies = cookiesOf(exchange);
    const query = queryOf(exchange.request.query);
    const requestContext = requestContextV2(exchange, place, routeKey);
    return {
      version: '2.0',
      type: 'REQUEST',
      routeArn: arn,
      identitySource: identity,
      routeKey,
      rawPath: exchange.mapping?.path ?? exchange.request.path,
      rawQueryString: exchange.request.query,
      ...(cookies.length > 0 && { cookies }),
      headers: headersOf(exchange),
      ...(query && { queryStringParameters: query }),
      requestContext,
      ...(exchange.parameters && { pathParameters: exchange.parameters }),
      ...(place.stageVariables && { stageVariables: place.stageVariables }),
    };
  }
}

function admit(exchange: Exchange, allowed: boolean, context: Readonly<Record<string, unknown>>): Refusal | undefined {
  if (!allowed) return FORBIDDEN;
  exchange.authorizer = { lambda: context };
  return undefined;
}

/** Compiles `$request.header.X` or `$request.querystring.X`. */
function identitySource(source: string): (request: HttpRequest) => string | undefined {
  const [, kind, name = ''] = /^\$request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
  if (kind === 'header') return (request) => header(request, name.toLowerCase());
  if (kind === 'querystring') return (request) => queryOf(request.query)?.[name];
  throw new Error(`the identity source ${source} is neither $request.header nor $request.querystring`);
}
