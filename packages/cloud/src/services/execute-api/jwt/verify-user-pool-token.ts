import { decodeJwt, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import type { TokenVerifier } from '../route-authorizer.js';
import { EXPIRED, signedBy } from './verify-jwt.js';

/** The public keys of a user pool; undefined for a pool that is not here. */
export type UserPoolKeys = (issuer: string) => Promise<JWTVerifyGetKey | undefined>;

/** The issuer of the tokens of a pool, by the pool's ARN. */
function issuerOf(providerArn: string): string {
  const [, , , region, , resource = ''] = providerArn.split(':');
  return `https://cognito-idp.${region}.amazonaws.com/${resource.slice(resource.indexOf('/') + 1)}`;
}

/**
 * Verifies tokens as the COGNITO_USER_POOLS authorizers of REST APIs do (developer guide, "Control access to REST APIs
 * using Amazon Cognito user pools as an authorizer"): a method that asks for scopes takes access tokens that have one of
 * them, any other takes ID tokens.
 *
 * @param now epoch milliseconds
 */
export function userPoolVerifier(now: () => number, keysOf: UserPoolKeys): TokenVerifier {
  return async (token, providerArns, scopes) => {
    const issuers = providerArns.map(issuerOf);
    const said = issuerSaid(token);
    const keys = await keysAmong(issuers, said, keysOf);
    if ('unavailable' in keys) return keys;
    if (said === undefined || !issuers.includes(said)) return { refused: 'invalid' };
    const verified = await signedBy(keys.find, token, now());
    if ('refused' in verified) return { refused: verified.refused === EXPIRED ? 'expired' : 'invalid' };
    const { payload } = verified;
    return allows(payload, scopes) ? { claims: shownClaims(payload) } : { refused: 'invalid' };
  };
}

function issuerSaid(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/** The keys of the pool that a token is of. A pool of AWS's own is unavailable, unless the token is another's. */
async function keysAmong(
  issuers: readonly string[],
  said: string | undefined,
  keysOf: UserPoolKeys,
): Promise<{ readonly find: JWTVerifyGetKey } | { readonly unavailable: string }> {
  const found = await Promise.all(issuers.map(async (issuer) => ({ issuer, find: await keysOf(issuer) })));
  const own = found.find(({ issuer }) => issuer === said);
  if (own?.find) return { find: own.find };
  const away = own ?? (found.every(({ find }) => find === undefined) ? found[0] : undefined);
  if (away) return { unavailable: away.issuer };
  return { find: noKeys };
}

const noKeys: JWTVerifyGetKey = () => {
  throw new Error('no keys');
};

function allows({ token_use, scope }: JWTPayload, scopes: readonly string[]): boolean {
  if (scopes.length === 0) return token_use === 'id';
  const given = typeof scope === 'string' ? scope.split(' ') : [];
  return token_use === 'access' && scopes.some((wanted) => given.includes(wanted));
}

const TIMES = new Set(['exp', 'iat']);
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Claims as REST APIs hand them on: text, and times as Java prints them: `Fri Jul 29 18:52:53 UTC 2016`. */
function shownClaims(claims: JWTPayload): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      TIMES.has(name) && typeof value === 'number' ? javaDate(value) : shown(value),
    ]),
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function javaDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  const day = `${DAYS[date.getUTCDay()]} ${MONTHS[date.getUTCMonth()]} ${two(date.getUTCDate())}`;
  return `${day} ${time} UTC ${date.getUTCFullYear()}`;
}
