import type { ConditionKeys } from '../../../core/access.js';
import type { EncryptionContext } from '../cryptography/ciphertext.js';

interface Encryption {
  readonly encryptionContext: EncryptionContext;
  readonly algorithm: string;
}

/** The condition keys of an operation that encrypts or decrypts. */
export const encryptionKeys: ConditionKeys<unknown, Encryption> = {
  'kms:EncryptionAlgorithm': ({ input }) => input.algorithm,
  'kms:EncryptionContext:*': ({ input }) => input.encryptionContext,
  'kms:EncryptionContextKeys': ({ input }) => Object.keys(input.encryptionContext),
};
