import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyMaterial } from '../key-record.js';

/** A ciphertext of a symmetric key: which key and material, and what AES-256-GCM made of it. */
export interface Ciphertext {
  readonly keyArn: string;
  readonly materialId: string;
  readonly nonce: Uint8Array;
  readonly sealed: Uint8Array;
  readonly tag: Uint8Array;
}

export type EncryptionContext = Readonly<Record<string, string>>;

const FORMAT = 1;
const NONCE = 12;
const TAG = 16;
const MATERIAL = 32;

/** The same bytes whatever the order of the pairs. */
function contextBytes(context: EncryptionContext): Buffer {
  const pairs = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.from(JSON.stringify(pairs));
}

/** Encrypts, and binds the ciphertext to its key and the encryption context. */
export function seal(
  keyArn: string,
  { id, secret }: KeyMaterial,
  plaintext: Uint8Array,
  context: EncryptionContext,
): Uint8Array {
  const nonce = randomBytes(NONCE);
  const arn = Buffer.from(keyArn);
  const head = Buffer.concat([Buffer.from([FORMAT, arn.length]), arn, Buffer.from(id, 'hex')]);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), nonce);
  cipher.setAAD(Buffer.concat([head, contextBytes(context)]));
  const sealed = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), sealed]);
}

/** Reads the parts of a ciphertext; undefined if this cloud did not make it. */
export function readCiphertext(bytes: Uint8Array): Ciphertext | undefined {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const arnEnd = 2 + (blob[1] ?? 0);
  const nonceAt = arnEnd + MATERIAL;
  if (blob[0] !== FORMAT || blob.length < nonceAt + NONCE + TAG) return undefined;
  return {
    keyArn: blob.toString('utf8', 2, arnEnd),
    materialId: blob.toString('hex', arnEnd, nonceAt),
    nonce: blob.subarray(nonceAt, nonceAt + NONCE),
    tag: blob.subarray(nonceAt + NONCE, nonceAt + NONCE + TAG),
    sealed: blob.subarray(nonceAt + NONCE + TAG),
  };
}

/** @returns undefined where the ciphertext was changed, or is of another encryption context */
export function unseal(
  { keyArn, materialId, nonce, sealed, tag }: Ciphertext,
  { secret }: KeyMaterial,
  context: EncryptionContext,
): Uint8Array | undefined {
  const arn = Buffer.from(keyArn);
  const head = Buffer.concat([Buffer.from([FORMAT, arn.length]), arn, Buffer.from(materialId, 'hex')]);
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(secret, 'base64'), nonce);
  decipher.setAAD(Buffer.concat([head, contextBytes(context)]));
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()]);
  } catch {
    return undefined;
  }
}
