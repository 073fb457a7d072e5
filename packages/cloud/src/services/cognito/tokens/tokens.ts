import {
  CompactEncrypt,
  compactDecrypt,
  decodeJwt,
  errors,
  importJWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import type { CloudContext } from '../../../core/cloud.js';
import { createSerial } from '../../../store/serial.js';
import type { CognitoStore, Pool } from '../cognito-store.js';
import { issuerOf } from '../pools/pool-record.js';
import { newPoolKeys, type PoolKeys, publicKey } from './pool-keys.js';

/** The outcome of reading a token: its claims, or why it is not good. */
export type VerifiedToken =
  | { readonly kind: 'verified'; readonly pool: Pool; readonly claims: JWTPayload }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

/** The content of a sealed text, or why it cannot be used. */
export type Unsealed<T> =
  | { readonly kind: 'open'; readonly state: T }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

interface Sealed {
  readonly purpose: string;
  /** Epoch milliseconds. */
  readonly expires: number;
  readonly state: unknown;
}

type Keys = Awaited<ReturnType<typeof importKeys>>;

/** The tokens of every pool: signed for everybody to read, or sealed for the pool alone. */
export class Tokens {
  readonly #context: CloudContext;
  readonly #store: CognitoStore;
  readonly #serial = createSerial();
  readonly #imported = new WeakMap<PoolKeys, Promise<Keys>>();

  constructor(context: CloudContext, store: CognitoStore) {
    this.#context = context;
    this.#store = store;
  }

  /** The keys of a pool. They are made when they are first needed, and durable before they sign anything. */
  async keysOf({ record: { id } }: Pool): Promise<PoolKeys> {
    const known = this.#store.find(id)?.keys;
    if (known) return known;
    return this.#serial(id, async () => {
      const made = this.#store.find(id)?.keys;
      if (made) return made;
      const value = await newPoolKeys();
      await this.#store.change({ kind: 'keys', poolId: id, name: '', value });
      return value;
    });
  }

  async #keys(pool: Pool): Promise<Keys> {
    const keys = await this.keysOf(pool);
    const known = this.#imported.get(keys) ?? importKeys(keys);
    this.#imported.set(keys, known);
    return known;
  }

  /** Signs claims as a token of the pool. `iss` is the pool's own. */
  async sign(pool: Pool, claims: JWTPayload): Promise<string> {
    const { privateKey, kid } = await this.#keys(pool);
    return new SignJWT({ iss: issuerOf(pool.record.id), ...claims })
      .setProtectedHeader({ kid, alg: 'RS256' })
      .sign(privateKey);
  }

  /** Reads a token of a pool that is here. */
  async verify(token: string): Promise<VerifiedToken> {
    const pool = this.poolOf(token);
    if (!pool) return { kind: 'invalid' };
    const { publicKey: key } = await this.#keys(pool);
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer: issuerOf(pool.record.id),
        currentDate: new Date(this.#context.now()),
        requiredClaims: ['exp'],
      });
      return { kind: 'verified', pool, claims: payload };
    } catch (error) {
      return { kind: error instanceof errors.JWTExpired ? 'expired' : 'invalid' };
    }
  }

  /** The pool that a token says it is of; nothing is verified. */
  poolOf(token: string): Pool | undefined {
    try {
      const { iss = '' } = decodeJwt(token);
      const id = iss.slice(iss.lastIndexOf('/') + 1);
      return issuerOf(id) === iss ? this.#store.find(id) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * A text that only the pool reads.
   *
   * @param purpose another purpose does not open it
   * @param seconds for which it can be used
   */
  async seal(pool: Pool, purpose: string, state: unknown, seconds: number): Promise<string> {
    const { sealing } = await this.#keys(pool);
    const sealed: Sealed = { purpose, expires: this.#context.now() + seconds * 1000, state };
    return new CompactEncrypt(Buffer.from(JSON.stringify(sealed)))
      .setProtectedHeader({ cty: 'JWT', enc: 'A256GCM', alg: 'dir' })
      .encrypt(sealing);
  }

  async unseal<T>(pool: Pool, purpose: string, text: string): Promise<Unsealed<T>> {
    const { sealing } = await this.#keys(pool);
    try {
      const { plaintext } = await compactDecrypt(text, sealing);
      const sealed: Sealed = JSON.parse(Buffer.from(plaintext).toString());
      if (sealed.purpose !== purpose) return { kind: 'invalid' };
      return sealed.expires <= this.#context.now() ? { kind: 'expired' } : { kind: 'open', state: sealed.state as T };
    } catch (error) {
      if (error instanceof errors.JOSEError) return { kind: 'invalid' };
      throw error;
    }
  }
}

async function importKeys(keys: PoolKeys) {
  return {
    kid: keys.signing.kid ?? '',
    privateKey: await importJWK(keys.signing, 'RS256'),
    publicKey: await importJWK(publicKey(keys), 'RS256'),
    sealing: Buffer.from(keys.sealing, 'base64url'),
  };
}
