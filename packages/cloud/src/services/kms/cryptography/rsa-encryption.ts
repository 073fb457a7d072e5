import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';

const oaepHash = (algorithm: string): string => (algorithm === 'RSAES_OAEP_SHA_1' ? 'sha1' : 'sha256');

const options = (key: KeyObject, algorithm: string) => ({
  key,
  padding: constants.RSA_PKCS1_OAEP_PADDING,
  oaepHash: oaepHash(algorithm),
});

/** The most bytes that OAEP leaves room for. */
export function longestPlaintext(bits: number, algorithm: string): number {
  return bits / 8 - 2 * (algorithm === 'RSAES_OAEP_SHA_1' ? 20 : 32) - 2;
}

export function rsaEncrypt(privateKey: KeyObject, plaintext: Uint8Array, algorithm: string): Uint8Array {
  return publicEncrypt(options(createPublicKey(privateKey), algorithm), plaintext);
}

/** @returns undefined for what was not encrypted so */
export function rsaDecrypt(privateKey: KeyObject, ciphertext: Uint8Array, algorithm: string): Uint8Array | undefined {
  try {
    return privateDecrypt(options(privateKey, algorithm), ciphertext);
  } catch {
    return undefined;
  }
}
