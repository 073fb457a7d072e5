import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** The keys of one pool. */
export interface PoolKeys {
  /** The private key that signs tokens, with its id. */
  readonly signing: JWK;
  /** Base64url; seals refresh tokens and sessions, which only the pool reads. */
  readonly sealing: string;
}

const SEALING_BYTES = 32;

export async function newPoolKeys(): Promise<PoolKeys> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(32).toString('base64');
  return {
    signing: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' },
    sealing: randomBytes(SEALING_BYTES).toString('base64url'),
  };
}

/** The public half, as the JWKS shows it. */
export function publicKey({ signing: { kty, kid, alg, use, n, e } }: PoolKeys): JWK {
  return { alg, e, kid, kty, n, use } as JWK;
}
