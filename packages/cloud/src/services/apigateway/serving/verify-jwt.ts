import { type JwtVerifier, jwtVerifier } from '../../execute-api/index.js';

/** Issuers that are AWS itself, Cognito's user pools first of all. */
const OF_AWS = /^https:\/\/[^/]*\.amazonaws\.com(?:\.cn)?(?:[:/]|$)/;

/**
 * Verifies tokens with the keys of their issuer, except issuers at AWS, which the local cloud never calls.
 * @param now epoch milliseconds
 */
export function localJwtVerifier(now: () => number): JwtVerifier {
  const verify = jwtVerifier(now);
  return async (token, issuer, audience) =>
    OF_AWS.test(issuer)
      ? { unavailable: `the tokens of ${issuer} are AWS's, which the local cloud does not ask for its keys` }
      : verify(token, issuer, audience);
}
