import type { HttpRequest } from '../../core/http.js';
import { type Authorize, type AuthorizerCache, lambdaAuthorizer } from './authorizer.js';
import { type CompiledRoute, methodArn, type Place } from './exchange.js';
import type { GatewayError } from './gateway-response.js';
import type { Invoker } from './invoker.js';
import type { ApiModel } from './model.js';

/** Who signed a request: members of `requestContext.identity`. */
export type SignedIdentity = Readonly<Record<string, string | null>>;

/** Verifies a SigV4 signature for `execute-api` and the right to invoke the method. */
export type SignatureVerifier = (
  request: HttpRequest,
  methodArn: string,
) => Promise<{ readonly identity: SignedIdentity } | { readonly refused: GatewayError }>;

/** Verifies a Cognito token against its user pools; gives its claims, or why it is not good. */
export type TokenVerifier = (
  token: string,
  providerArns: readonly string[],
  scopes: readonly string[],
) => Promise<
  | { readonly claims: Readonly<Record<string, unknown>> }
  | { readonly refused: 'expired' | 'invalid' }
  /** The issuer whose tokens nothing here can verify. */
  | { readonly unavailable: string }
>;

/** Decides by the API's resource policy about a caller without credentials; undefined if it lets the caller in. */
export type PolicyDecider = (methodArn: string, sourceIp: string) => Promise<GatewayError | undefined>;

interface Setting {
  readonly model: ApiModel;
  readonly place: Place;
  readonly invoker: Invoker;
  readonly cache: AuthorizerCache;
  readonly verifySignature?: SignatureVerifier;
  readonly verifyToken?: TokenVerifier;
  readonly decidePolicy?: PolicyDecider;
  readonly advice?: string;
  readonly now: () => number;
  readonly log: (message: string) => void;
}

/** Gives each route what decides who may call it; undefined for open routes. One Lambda authorizer is made once. */
export function routeAuthorizer(setting: Setting): (route: CompiledRoute) => Authorize | undefined {
  const authorizerOf = ownAuthorizer(setting);
  const { decidePolicy, place } = setting;
  if (decidePolicy === undefined) return authorizerOf;
  return (route) => {
    const authorize = authorizerOf(route);
    // The signer of a request is judged with the policy, not before it.
    if (route.authorization.kind === 'AWS_IAM') return authorize;
    return async (exchange) => {
      const { request } = exchange;
      const refused = await decidePolicy(methodArn(place, request.method, request.path), request.sourceIp);
      return refused ?? (await authorize?.(exchange)) ?? {};
    };
  };
}

function ownAuthorizer(setting: Setting): (route: CompiledRoute) => Authorize | undefined {
  const made = new Map<string, Authorize>();
  const { model, place, verifySignature, verifyToken, advice } = setting;
  return (route) => {
    const { authorization } = route;
    const { kind } = authorization;
    if (kind === 'NONE') return undefined;
    if (kind === 'AWS_IAM') {
      return verifySignature
        ? signed(verifySignature, place)
        : unavailable(`AWS_IAM authorization (${route.method} ${route.path}) needs a verifier of signatures`, advice);
    }
    const definition = model.authorizers[authorization.authorizer];
    if (definition === undefined)
      throw new Error(`${route.method} ${route.path} names the unknown authorizer ${authorization.authorizer}`);
    if (definition.type === 'JWT') throw new Error(`REST APIs have no JWT authorizers (${route.method} ${route.path})`);
    if (definition.type === 'COGNITO_USER_POOLS') {
      const scopes = kind === 'COGNITO_USER_POOLS' ? authorization.scopes : [];
      return verifyToken
        ? tokenAuthorizer(verifyToken, definition.providerArns, definition.identitySources[0], scopes, advice)
        : unavailable(`the Cognito authorizer ${authorization.authorizer} needs a verifier of tokens`, advice);
    }
    const authorize =
      made.get(authorization.authorizer) ??
      lambdaAuthorizer({ ...setting, name: authorization.authorizer, definition });
    made.set(authorization.authorizer, authorize);
    return authorize;
  };
}

function unavailable(what: string, advice: string | undefined): Authorize {
  return async () => ({
    type: 'AUTHORIZER_CONFIGURATION_ERROR',
    status: 501,
    message: unavailableMessage(what, advice),
  });
}

/** The message of the 501 for an authorizer that nothing verifies. */
export function unavailableMessage(what: string, advice: string | undefined): string {
  return `${what}, which this gateway does not have${advice === undefined ? '' : `; ${advice}`}`;
}

function signed(verify: SignatureVerifier, place: Place): Authorize {
  return async (exchange) => {
    const { request } = exchange;
    const verified = await verify(request, methodArn(place, request.method, request.path));
    if ('refused' in verified) return verified.refused;
    exchange.identity = verified.identity;
    return {};
  };
}

function tokenAuthorizer(
  verify: TokenVerifier,
  providerArns: readonly string[],
  source: string | undefined,
  scopes: readonly string[],
  advice: string | undefined,
): Authorize {
  const name = (source ?? 'method.request.header.Authorization')
    .replace(/^method\.request\.header\./, '')
    .toLowerCase();
  return async (exchange): ReturnType<Authorize> => {
    const sent = exchange.request.headers.find(([sentName]) => sentName === name)?.[1];
    if (!sent) return { type: 'UNAUTHORIZED' };
    const verified = await verify(sent.replace(/^Bearer\s+/i, ''), providerArns, scopes);
    if ('unavailable' in verified) {
      return unavailable(`the tokens of ${verified.unavailable} need a verifier`, advice)(exchange);
    }
    if ('refused' in verified) {
      const isExpired = verified.refused === 'expired';
      return { type: 'UNAUTHORIZED', ...(isExpired && { message: 'The incoming token has expired' }) };
    }
    exchange.authorizer = { claims: verified.claims };
    return {};
  };
}
