import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { isObject } from '../../../core/json.js';

/** Milliseconds: how long API Gateway waits for an issuer, and keeps its keys (developer guide, "JWT authorizers"). */
const PATIENCE = 1500;
const KEPT = 2 * 60 * 60_000;

/** An issuer whose keys could not be had; the message is API Gateway's. */
export class KeysUnavailable extends Error {}

interface Keys {
  readonly find: JWTVerifyGetKey;
  /** Epoch milliseconds. */
  readonly fetched: number;
}

/**
 * The signing keys of issuers, found by OpenID Connect discovery and cached for two hours. A token with an unknown key
 * makes it fetch them again.
 * @param now epoch milliseconds
 */
export function signingKeys(now: () => number): (issuer: string) => JWTVerifyGetKey {
  const kept = new Map<string, Keys>();

  async function fetched(issuer: string): Promise<Keys> {
    const base = issuer.replace(/\/$/, '');
    const found = await document(
      `${base}/.well-known/openid-configuration`,
      'OIDC discovery endpoint communication error',
    );
    const address = isObject(found) && typeof found.jwks_uri === 'string' ? found.jwks_uri : '';
    const set = await document(address, 'JWKS communication error');
    if (!isKeySet(set)) throw new KeysUnavailable('JWKS communication error');
    const keys = { find: createLocalJWKSet(set), fetched: now() };
    kept.set(issuer, keys);
    return keys;
  }

  return (issuer) => async (header, token) => {
    // API Gateway asks for a key by its id, be there one key or many.
    if (header.kid === undefined) throw new errors.JWKSNoMatchingKey();
    const before = kept.get(issuer);
    const fresh = before !== undefined && now() - before.fetched < KEPT;
    const keys = fresh ? before : await fetched(issuer);
    try {
      return await keys.find(header, token);
    } catch (error) {
      if (!fresh || !(error instanceof errors.JWKSNoMatchingKey)) throw error;
      return (await fetched(issuer)).find(header, token);
    }
  };
}

async function document(address: string, failure: string): Promise<unknown> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    if (response.ok) return await response.json();
  } catch {
    // However it failed, there is nothing to verify with.
  }
  throw new KeysUnavailable(failure);
}

function isKeySet(value: unknown): value is JSONWebKeySet {
  return isObject(value) && Array.isArray(value.keys) && value.keys.every(isObject);
}
