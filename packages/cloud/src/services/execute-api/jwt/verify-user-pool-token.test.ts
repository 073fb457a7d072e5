import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { beforeAll, expect, test } from 'vitest';
import { userPoolVerifier } from './verify-user-pool-token.js';

const ISSUER = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_people000';
const ARN = 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_people000';
const AWAY = 'arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_elsewhere';
const NOW = Date.UTC(2026, 6, 29, 17, 52, 53);
const IAT = NOW / 1000;

type Key = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

let privateKey: Key;
let verify: ReturnType<typeof userPoolVerifier>;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  privateKey = pair.privateKey;
  const key = await importJWK({ ...(await exportJWK(pair.publicKey)), kid: 'one' }, 'RS256');
  verify = userPoolVerifier(
    () => NOW,
    async (issuer) => (issuer === ISSUER ? async () => key as Key : undefined),
  );
});

const token = (claims: JWTPayload, key = privateKey) =>
  new SignJWT({ iss: ISSUER, sub: 'ann', token_use: 'id', iat: IAT, exp: IAT + 3600, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'one' })
    .sign(key);

test('claims are texts, and times as Java prints them', async () => {
  const claims = { email_verified: true, auth_time: IAT, 'cognito:groups': ['admins', 'readers'] };
  expect(await verify(await token(claims), [ARN], [])).toEqual({
    claims: {
      iss: ISSUER,
      sub: 'ann',
      token_use: 'id',
      email_verified: 'true',
      auth_time: String(IAT),
      'cognito:groups': 'admins,readers',
      iat: 'Wed Jul 29 17:52:53 UTC 2026',
      exp: 'Wed Jul 29 18:52:53 UTC 2026',
    },
  });
});

test('a method without scopes takes ID tokens, and one with scopes access tokens that have one of them', async () => {
  const id = await token({});
  const access = await token({ token_use: 'access', scope: 'openid orders/read' });
  expect(await verify(access, [ARN], [])).toEqual({ refused: 'invalid' });
  expect(await verify(id, [ARN], ['orders/read'])).toEqual({ refused: 'invalid' });
  expect(await verify(access, [ARN], ['orders/write'])).toEqual({ refused: 'invalid' });
  expect(await verify(access, [ARN], ['orders/write', 'orders/read'])).toMatchObject({ claims: { sub: 'ann' } });
});

test('an old token is told apart from one of another key, of another issuer and from other text', async () => {
  expect(await verify(await token({ exp: IAT - 1 }), [ARN], [])).toEqual({ refused: 'expired' });
  const { privateKey: other } = await generateKeyPair('RS256');
  expect(await verify(await token({}, other), [ARN], [])).toEqual({ refused: 'invalid' });
  expect(await verify(await token({ iss: 'https://example.com' }), [ARN], [])).toEqual({ refused: 'invalid' });
  expect(await verify('ann', [ARN], [])).toEqual({ refused: 'invalid' });
});

test('a token of a pool that is not here cannot be verified', async () => {
  const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_elsewhere';
  expect(await verify(await token({ iss: issuer }), [ARN, AWAY], [])).toEqual({ unavailable: issuer });
  expect(await verify('ann', [AWAY], [])).toEqual({ unavailable: issuer });
  expect(await verify(await token({}), [AWAY, ARN], [])).toMatchObject({ claims: { sub: 'ann' } });
});
