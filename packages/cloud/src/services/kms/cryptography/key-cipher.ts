import { keyArn } from '../key-id.js';
import type { KeyRecord } from '../key-record.js';
import { currentMaterial, specOf } from '../key-state.js';
import { invalid, invalidCiphertext, invalidUsage } from '../kms-error.js';
import { type EncryptionContext, readCiphertext, seal, unseal } from './ciphertext.js';
import { privateKeyOf } from './material.js';
import { longestPlaintext, rsaDecrypt, rsaEncrypt } from './rsa-encryption.js';

/** @throws AwsError InvalidKeyUsageException where the key does not encrypt by the algorithm */
function checkAlgorithm(record: KeyRecord, algorithm: string): void {
  const isRsa = specOf(record).kind === 'rsa';
  if (isRsa === (algorithm !== 'SYMMETRIC_DEFAULT')) return;
  throw invalidUsage(`Algorithm ${algorithm} is incompatible with key spec ${record.spec}.`);
}

/** @throws AwsError ValidationException where the plaintext is longer than the key takes */
export function encryptWith(
  record: KeyRecord,
  plaintext: Uint8Array,
  context: EncryptionContext,
  algorithm: string,
): Uint8Array {
  checkAlgorithm(record, algorithm);
  const spec = specOf(record);
  const material = currentMaterial(record);
  if (spec.kind !== 'rsa') return seal(keyArn(record), material, plaintext, context);
  const longest = longestPlaintext(spec.bits, algorithm);
  if (plaintext.length > longest) {
    throw invalid(
      `Algorithm ${algorithm} and key spec ${record.spec} cannot encrypt data larger than ${longest} bytes.`,
    );
  }
  return rsaEncrypt(privateKeyOf(material), plaintext, algorithm);
}

/** @throws AwsError InvalidCiphertextException */
export function decryptWith(
  record: KeyRecord,
  ciphertext: Uint8Array,
  context: EncryptionContext,
  algorithm: string,
): Uint8Array {
  checkAlgorithm(record, algorithm);
  if (specOf(record).kind === 'rsa') {
    const plaintext = rsaDecrypt(privateKeyOf(currentMaterial(record)), ciphertext, algorithm);
    if (plaintext === undefined) throw invalidCiphertext();
    return plaintext;
  }
  const sealed = readCiphertext(ciphertext);
  const material = sealed && record.materials.find(({ id }) => id === sealed.materialId);
  const plaintext = sealed && material && unseal(sealed, material, context);
  if (plaintext === undefined) throw invalidCiphertext();
  return plaintext;
}
