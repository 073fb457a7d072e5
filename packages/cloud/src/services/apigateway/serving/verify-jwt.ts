import { createLocalJWKSet, errors, type JWK, type JWTVerifyGetKey } from 'jose';
import type { CloudContext } from '../../../core/cloud.js';
import { internalCall } from '../../../core/internal-call.js';
import { type JwtVerifier, jwtVerifier, type TokenVerifier, userPoolVerifier } from '../../execute-api/index.js';

/** Issuers that are AWS itself, Cognito's user pools first of all. */
const OF_AWS = /^https:\/\/[^/]*\.amazonaws\.com(?:\.cn)?(?:[:/]|$)/;

/** The verifiers of the tokens that APIs are called with. */
export interface LocalVerifiers {
  readonly verifyJwt: JwtVerifier;
  readonly verifyToken: TokenVerifier;
}

/**
 * Verifies tokens of this cloud's user pools with their keys, and others with the keys of their issuer, except issuers at
 * AWS, which the local cloud never calls.
 */
export function localVerifiers(context: CloudContext): LocalVerifiers {
  const { now } = context;
  const keysOf = (issuer: string) => poolKeys(context, issuer);
  const others = jwtVerifier(now);
  const own = jwtVerifier(now, (issuer) => async (header, token) => {
    const find = await keysOf(issuer);
    if (!find) throw new errors.JWKSNoMatchingKey();
    return find(header, token);
  });
  return {
    verifyToken: userPoolVerifier(now, keysOf),
    verifyJwt: async (token, issuer, audience) => {
      if (!OF_AWS.test(issuer)) return others(token, issuer, audience);
      if (await keysOf(issuer)) return own(token, issuer, audience);
      return { unavailable: `the tokens of ${issuer} are AWS's, which the local cloud does not ask for its keys` };
    },
  };
}

/** The keys of a pool of this cloud; undefined for other issuers. */
async function poolKeys(context: CloudContext, issuer: string): Promise<JWTVerifyGetKey | undefined> {
  if (!context.services.has('cognito-idp')) return undefined;
  const scope = { account: '000000000000', region: 'us-east-1' };
  const call = internalCall(scope, { kind: 'service', account: scope.account, service: 'apigateway.amazonaws.com' });
  const keys: readonly JWK[] | undefined = await context.dispatch('cognito-idp', 'IssuerKeys', { issuer }, call);
  return keys && createLocalJWKSet({ keys: [...keys] });
}
