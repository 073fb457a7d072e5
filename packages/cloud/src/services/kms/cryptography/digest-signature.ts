import {
  constants,
  createHash,
  type KeyObject,
  privateEncrypt,
  publicDecrypt,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { ecdsaSign, ecdsaVerify } from './ecdsa.js';

// Node.js hashes what it signs. Of a hash that somebody else has computed, the padding (RFC 8017) and the curve's
// arithmetic (FIPS 186-5) are done here, and the RSA and curve operations by Node.js.

/** The algorithm identifiers of EMSA-PKCS1-v1_5 (RFC 8017, 9.2, note 1). */
const DIGEST_INFO: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

const hashName = (algorithm: string): string => `sha${algorithm.slice(algorithm.lastIndexOf('_') + 1)}`;
const hash = (name: string, ...parts: readonly Uint8Array[]): Buffer => {
  const all = createHash(name);
  for (const part of parts) all.update(part);
  return all.digest();
};

export function signDigest(key: KeyObject, digest: Uint8Array, algorithm: string): Uint8Array {
  if (algorithm.startsWith('ECDSA')) return ecdsaSign(key, digest);
  if (algorithm.startsWith('RSASSA_PSS')) {
    const encoded = pssEncode(digest, modulusBits(key) - 1, hashName(algorithm));
    return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, encoded);
  }
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, pkcs1Info(digest, algorithm));
}

export function verifyDigest(key: KeyObject, digest: Uint8Array, algorithm: string, signature: Uint8Array): boolean {
  if (algorithm.startsWith('ECDSA')) return ecdsaVerify(key, digest, signature);
  if (algorithm.startsWith('RSASSA_PSS')) {
    const encoded = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
    return isPssEncoded(encoded, digest, modulusBits(key) - 1, hashName(algorithm));
  }
  const info = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature);
  const expected = pkcs1Info(digest, algorithm);
  return info.length === expected.length && timingSafeEqual(info, expected);
}

function modulusBits({ asymmetricKeyDetails }: KeyObject): number {
  return asymmetricKeyDetails?.modulusLength ?? 0;
}

function pkcs1Info(digest: Uint8Array, algorithm: string): Buffer {
  return Buffer.concat([Buffer.from(DIGEST_INFO[hashName(algorithm)] ?? '', 'hex'), digest]);
}

function mask(seed: Uint8Array, length: number, name: string): Buffer {
  const blocks: Buffer[] = [];
  for (let counter = 0, made = 0; made < length; counter++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    const block = hash(name, seed, number);
    blocks.push(block);
    made += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

const xor = (a: Uint8Array, b: Uint8Array): Buffer => Buffer.from(a.map((byte, at) => byte ^ (b[at] ?? 0)));
const ZEROS = Buffer.alloc(8);

/** EMSA-PSS with a salt as long as the hash. */
function pssEncode(digest: Uint8Array, bits: number, name: string): Buffer {
  const length = Math.ceil(bits / 8);
  const salt = randomBytes(digest.length);
  const trailer = hash(name, ZEROS, digest, salt);
  const block = Buffer.alloc(length - digest.length - 1);
  block[block.length - salt.length - 1] = 1;
  salt.copy(block, block.length - salt.length);
  const masked = xor(block, mask(trailer, block.length, name));
  masked[0] = (masked[0] ?? 0) & (0xff >> (8 * length - bits));
  return Buffer.concat([masked, trailer, Buffer.from([0xbc])]);
}

function isPssEncoded(encoded: Uint8Array, digest: Uint8Array, bits: number, name: string): boolean {
  const length = Math.ceil(bits / 8);
  const blockLength = length - digest.length - 1;
  const trailer = encoded.subarray(blockLength, length - 1);
  if (encoded.length !== length || encoded.at(-1) !== 0xbc) return false;
  const block = xor(encoded.subarray(0, blockLength), mask(trailer, blockLength, name));
  block[0] = (block[0] ?? 0) & (0xff >> (8 * length - bits));
  const saltAt = blockLength - digest.length;
  const padding = block.subarray(0, saltAt);
  if (padding.at(-1) !== 1 || padding.subarray(0, -1).some((byte) => byte !== 0)) return false;
  return hash(name, ZEROS, digest, block.subarray(saltAt)).equals(trailer);
}
