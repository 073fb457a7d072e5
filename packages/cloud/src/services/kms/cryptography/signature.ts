import { constants, createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { signDigest, verifyDigest } from './digest-signature.js';

/** `RAW` messages are hashed here; a `DIGEST` is the hash already. */
export type MessageType = 'RAW' | 'DIGEST';

/** `sha256` of `RSASSA_PSS_SHA_256` */
export function hashOf(algorithm: string): string {
  return `sha${algorithm.slice(algorithm.lastIndexOf('_') + 1)}`;
}

export function digestLength(algorithm: string): number {
  return createHash(hashOf(algorithm)).digest().length;
}

function options(key: KeyObject, algorithm: string) {
  if (!algorithm.startsWith('RSASSA_PSS')) return key;
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
}

export function signMessage(key: KeyObject, message: Uint8Array, type: MessageType, algorithm: string): Uint8Array {
  if (type === 'DIGEST') return signDigest(key, message, algorithm);
  return sign(hashOf(algorithm), message, options(key, algorithm));
}

export function isSignature(
  key: KeyObject,
  message: Uint8Array,
  type: MessageType,
  algorithm: string,
  signature: Uint8Array,
): boolean {
  const publicKey = createPublicKey(key);
  try {
    if (type === 'DIGEST') return verifyDigest(publicKey, message, algorithm, signature);
    return verify(hashOf(algorithm), message, options(publicKey, algorithm), signature);
  } catch {
    return false;
  }
}
