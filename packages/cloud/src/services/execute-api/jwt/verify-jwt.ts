import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { JwtVerifier } from '../http-api/authorizer.js';
import { claimText } from './claim-text.js';
import { KeysUnavailable, signingKeys } from './signing-keys.js';

/** API Gateway takes signatures by RSA only. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];

/**
 * Verifies tokens as the JWT authorizers of HTTP APIs do (developer guide, "Control access to HTTP APIs with JWT
 * authorizers"): signature by a key of the issuer, `iss`, `aud` or else `client_id`, `exp`, `nbf`, `iat`. Scopes are the
 * route's matter. An issuer that cannot be reached lets nobody in.
 * @param now epoch milliseconds
 * @param keysOf finds the keys of an issuer (default: by OpenID Connect discovery)
 */
export function jwtVerifier(
  now: () => number,
  keysOf: (issuer: string) => JWTVerifyGetKey = signingKeys(now),
): JwtVerifier {
  return async (token, issuer, audience) => {
    const verified = await signedBy(keysOf(issuer), token, now());
    if ('refused' in verified) return verified;
    const { payload } = verified;
    const refused = wrongClaim(payload, issuer, audience, now());
    if (refused !== undefined) return { refused };
    const claims = Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, claimText(value)]));
    return { claims, scopes: scopesOf(payload) };
  };
}

/** The reason for which an old token is refused. */
export const EXPIRED = 'the token has expired';

/** @param now epoch milliseconds */
export async function signedBy(
  keys: JWTVerifyGetKey,
  token: string,
  now: number,
): Promise<{ readonly payload: JWTPayload } | { readonly refused: string }> {
  if (token.split('.').length !== 3) return { refused: 'token contains an invalid number of segments' };
  try {
    return await jwtVerify(token, keys, {
      algorithms: ALGORITHMS,
      currentDate: new Date(now),
      requiredClaims: ['exp'],
    });
  } catch (error) {
    return { refused: reasonOf(error) };
  }
}

/** In API Gateway's words where they are known. */
function reasonOf(error: unknown): string {
  if (error instanceof KeysUnavailable) return error.message;
  if (error instanceof errors.JWTExpired) return EXPIRED;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'the signature is invalid';
  if (error instanceof errors.JWKSNoMatchingKey) return 'no signing key of the issuer is that of the token';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the signing method is invalid';
  if (error instanceof errors.JWTClaimValidationFailed) return `the claim ${error.claim} is invalid`;
  if (error instanceof errors.JOSEError) return 'the token is malformed';
  return `the signing key cannot be used: ${error instanceof Error ? error.message : String(error)}`;
}

function wrongClaim(claims: JWTPayload, issuer: string, audience: readonly string[], now: number): string | undefined {
  if (claims.iss !== issuer) return 'the token does not have a valid issuer';
  const named = claims.aud === undefined ? [claims.client_id] : [claims.aud].flat();
  if (!named.some((one) => typeof one === 'string' && audience.includes(one)))
    return 'the token does not have a valid audience';
  return claims.iat !== undefined && claims.iat > now / 1000 ? 'the token was issued in the future' : undefined;
}

/** `scope`, words in one text, or `scp`, which is that or a list. */
function scopesOf({ scope, scp }: JWTPayload): readonly string[] {
  const value = scope ?? scp;
  const words = Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ') : [];
  return words.filter((word): word is string => typeof word === 'string' && word !== '');
}
