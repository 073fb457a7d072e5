import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { TokenIssuer } from '../fixtures/token-issuer.js';
import { jwtVerifier } from './verify-jwt.js';

const AUDIENCE = ['web', 'app'];
const seconds = () => Math.floor(Date.now() / 1000);

describe('a token', () => {
  test('of the issuer, for the audience, gives its claims as text, and its scopes', async () => {
    using issuer = await TokenIssuer.start();
    const token = await issuer.token({
      ...{ sub: 'john', aud: ['other', 'web'], scope: 'read write', level: 7, admin: true },
      ...{ groups: ['a', 'b'], address: { town: 'Bath', lines: ['x', 1] } },
    });
    expect(await jwtVerifier(Date.now)(token, issuer.url, AUDIENCE)).toEqual({
      claims: {
        ...{ iss: issuer.url, sub: 'john', aud: '[other web]', scope: 'read write', level: '7', admin: 'true' },
        ...{ groups: '[a b]', address: 'map[lines:[x 1] town:Bath]' },
        ...{ iat: expect.stringMatching(/^\d+$/), exp: expect.stringMatching(/^\d+$/) },
      },
      scopes: ['read', 'write'],
    });
  });

  test.each([
    ['has no audience and a client of it', { client_id: 'app' }, undefined],
    [
      'has another audience and a client of it',
      { aud: 'other', client_id: 'app' },
      'the token does not have a valid audience',
    ],
    ['has neither', {}, 'the token does not have a valid audience'],
    ['has expired', { aud: 'web', exp: seconds() - 1 }, 'the token has expired'],
    ['never expires', { aud: 'web', exp: undefined }, 'the claim exp is invalid'],
    ['is not valid yet', { aud: 'web', nbf: seconds() + 60 }, 'the claim nbf is invalid'],
    ['is of the future', { aud: 'web', iat: seconds() + 60 }, 'the token was issued in the future'],
    ['names another issuer', { aud: 'web', iss: 'https://other' }, 'the token does not have a valid issuer'],
  ])('that %s', async (_what, claims, refused) => {
    using issuer = await TokenIssuer.start();
    const verified = await jwtVerifier(Date.now)(await issuer.token(claims), issuer.url, AUDIENCE);
    if (refused === undefined) expect(verified).toHaveProperty('claims');
    else expect(verified).toEqual({ refused });
  });

  test('is refused that is signed by another key, by no key, by a shared secret, or is none', async () => {
    using issuer = await TokenIssuer.start();
    using other = await TokenIssuer.start();
    const claims = { iss: issuer.url, aud: 'web', exp: seconds() + 60 };
    const genuine = await issuer.token(claims);
    const kid = JSON.parse(Buffer.from(genuine.split('.')[0] ?? '', 'base64url').toString()).kid;
    const { privateKey } = await generateKeyPair('RS256');
    const forged = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey);
    const secret = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.alloc(32));
    const unsigned = new UnsecuredJWT(claims).encode();
    const nameless = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256' }).sign(privateKey);
    const verify = jwtVerifier(Date.now);
    const refusals = [
      [await other.token(claims), 'no signing key of the issuer is that of the token'],
      [nameless, 'no signing key of the issuer is that of the token'],
      [forged, 'the signature is invalid'],
      [secret, 'the signing method is invalid'],
      [unsigned, 'the signing method is invalid'],
      [`${genuine}.a`, 'token contains an invalid number of segments'],
      ['a.b.c', 'the token is malformed'],
    ] as const;
    for (const [token, refused] of refusals) expect(await verify(token, issuer.url, AUDIENCE)).toEqual({ refused });
  });
});

describe('the keys of an issuer', () => {
  test('are fetched once, and again for a token of a key that is new', async () => {
    using issuer = await TokenIssuer.start();
    const verify = jwtVerifier(Date.now);
    for (let i = 0; i < 3; i++) {
      expect(await verify(await issuer.token({ aud: 'web' }), issuer.url, AUDIENCE)).toHaveProperty('claims');
    }
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/keys']);
    await issuer.renewKeys();
    expect(await verify(await issuer.token({ aud: 'web' }), issuer.url, AUDIENCE)).toHaveProperty('claims');
    expect(issuer.asked).toHaveLength(4);
  });

  test('are fetched again after two hours', async () => {
    using issuer = await TokenIssuer.start();
    let time = Date.now();
    const verify = jwtVerifier(() => time);
    const token = await issuer.token({ aud: 'web', exp: seconds() + 86_400 });
    await verify(token, issuer.url, AUDIENCE);
    time += 2 * 60 * 60_000;
    await verify(token, issuer.url, AUDIENCE);
    expect(issuer.asked).toHaveLength(4);
  });

  test('that are none let nobody in', async () => {
    using issuer = await TokenIssuer.start();
    const token = await issuer.token({ aud: 'web' });
    issuer.spoilKeys();
    expect(await jwtVerifier(Date.now)(token, issuer.url, AUDIENCE)).toEqual({
      refused: expect.stringMatching(/^the signing key cannot be used/),
    });
  });

  test('that cannot be had let nobody in', async () => {
    const issuer = await TokenIssuer.start();
    const token = await issuer.token({ aud: 'web' });
    const { url } = issuer;
    issuer[Symbol.dispose]();
    expect(await jwtVerifier(Date.now)(token, url, AUDIENCE)).toEqual({
      refused: 'OIDC discovery endpoint communication error',
    });
  });
});
