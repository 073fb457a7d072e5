import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { readCiphertext } from '../cryptography/ciphertext.js';
import { decryptWith, encryptWith } from '../cryptography/key-cipher.js';
import { type KeyId, keyArn, parseKeyId } from '../key-id.js';
import { ENCRYPTION_ALGORITHMS } from '../key-specs.js';
import { checkUsable, materialId } from '../key-state.js';
import { invalid, invalidCiphertext } from '../kms-error.js';
import { type KmsState, kmsOperation, onKey, onKeyOf, requestAlias } from '../service-state.js';
import { endDryRun } from './dry-run.js';
import { encryptionKeys } from './encryption-keys.js';

const ALGORITHM = { values: ENCRYPTION_ALGORITHMS };
const KEY_ID = { min: 1, max: 2048 };
const LONGEST_CIPHERTEXT = 6144;

export const encrypt = kmsOperation({
  name: 'Encrypt',
  limits: { KeyId: KEY_ID, Plaintext: { min: 1, max: 4096 }, EncryptionAlgorithm: ALGORITHM },
  parse: (input, scope) => ({
    key: parseKeyId(input.KeyId, scope),
    plaintext: input.Plaintext,
    encryptionContext: input.EncryptionContext ?? {},
    algorithm: input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT',
    dryRun: input.DryRun,
  }),
  access: (row) => [onKey(row, 'Encrypt', { ...requestAlias, ...encryptionKeys })],
  handle: async ({ key, plaintext, encryptionContext, algorithm, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'ENCRYPT_DECRYPT', 'Encrypt');
    const CiphertextBlob = encryptWith(record, plaintext, encryptionContext, algorithm);
    endDryRun(dryRun);
    return { CiphertextBlob, KeyId: keyArn(record), EncryptionAlgorithm: algorithm };
  },
});

/** The key that a ciphertext is of: the one in it where the key is symmetric, else the one that is named. */
export function keyOfCiphertext(ciphertext: Uint8Array, named: string | undefined, scope: Scope): KeyId {
  const sealed = readCiphertext(ciphertext);
  if (sealed === undefined) {
    if (named === undefined) throw invalidCiphertext();
    return parseKeyId(named, scope);
  }
  return parseKeyId(sealed.keyArn, scope);
}

/** @throws AwsError IncorrectKeyException where the ciphertext is of another key than the named one */
async function checkKey(named: KeyId | undefined, found: string, { keys }: KmsState): Promise<void> {
  if (named === undefined) return;
  const record = await keys.get(named);
  if (keyArn(record) === found) return;
  throw new AwsError(
    'IncorrectKeyException',
    'The key ID in the request does not identify a CMK that can perform this operation.',
  );
}

export const decrypt = kmsOperation({
  name: 'Decrypt',
  limits: { KeyId: KEY_ID, CiphertextBlob: { min: 1, max: LONGEST_CIPHERTEXT }, EncryptionAlgorithm: ALGORITHM },
  parse: (input, scope) => {
    const ciphertext = input.CiphertextBlob;
    if (ciphertext === undefined) throw invalid('CiphertextBlob is required.');
    return {
      key: keyOfCiphertext(ciphertext, input.KeyId, scope),
      named: input.KeyId === undefined ? undefined : parseKeyId(input.KeyId, scope),
      ciphertext,
      encryptionContext: input.EncryptionContext ?? {},
      algorithm: input.EncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT',
      dryRun: input.DryRun,
    };
  },
  access: (row) => [
    onKey(row, 'Decrypt', {
      ...encryptionKeys,
      'kms:RequestAlias': ({ input }) => (input.named?.kind === 'alias' ? input.named.name : undefined),
    }),
  ],
  handle: async ({ key, named, ciphertext, encryptionContext, algorithm, dryRun }, _call, state) => {
    const record = await state.keys.get(key);
    await checkKey(named, keyArn(record), state);
    checkUsable(record, 'ENCRYPT_DECRYPT', 'Decrypt');
    const Plaintext = decryptWith(record, ciphertext, encryptionContext, algorithm);
    endDryRun(dryRun);
    const KeyMaterialId = readCiphertext(ciphertext)?.materialId;
    return { Plaintext, KeyId: keyArn(record), EncryptionAlgorithm: algorithm, KeyMaterialId };
  },
});

export const reEncrypt = kmsOperation({
  name: 'ReEncrypt',
  limits: {
    CiphertextBlob: { min: 1, max: LONGEST_CIPHERTEXT },
    SourceKeyId: KEY_ID,
    DestinationKeyId: KEY_ID,
    SourceEncryptionAlgorithm: ALGORITHM,
    DestinationEncryptionAlgorithm: ALGORITHM,
  },
  parse: (input, scope) => {
    const ciphertext = input.CiphertextBlob;
    if (ciphertext === undefined) throw invalid('CiphertextBlob is required.');
    return {
      ciphertext,
      from: {
        key: keyOfCiphertext(ciphertext, input.SourceKeyId, scope),
        named: input.SourceKeyId === undefined ? undefined : parseKeyId(input.SourceKeyId, scope),
        encryptionContext: input.SourceEncryptionContext ?? {},
        algorithm: input.SourceEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT',
      },
      to: {
        key: parseKeyId(input.DestinationKeyId, scope),
        encryptionContext: input.DestinationEncryptionContext ?? {},
        algorithm: input.DestinationEncryptionAlgorithm ?? 'SYMMETRIC_DEFAULT',
      },
      dryRun: input.DryRun,
    };
  },
  access: (row) =>
    (['from', 'to'] as const).map((side) =>
      onKeyOf(row, side === 'from' ? 'ReEncryptFrom' : 'ReEncryptTo', (input) => input[side].key, {
        'kms:EncryptionAlgorithm': ({ input }) => input[side].algorithm,
        'kms:EncryptionContext:*': ({ input }) => input[side].encryptionContext,
        'kms:EncryptionContextKeys': ({ input }) => Object.keys(input[side].encryptionContext),
        'kms:ReEncryptOnSameKey': async ({ input, state }) => {
          const [from, to] = await Promise.all([state.keys.find(input.from.key), state.keys.find(input.to.key)]);
          return String(from?.id === to?.id);
        },
        'kms:RequestAlias': ({ input }) => {
          const named = side === 'from' ? input.from.named : input.to.key;
          return named?.kind === 'alias' ? named.name : undefined;
        },
      }),
    ),
  handle: async ({ ciphertext, from, to, dryRun }, _call, state) => {
    const [source, destination] = [await state.keys.get(from.key), await state.keys.get(to.key)];
    await checkKey(from.named, keyArn(source), state);
    checkUsable(source, 'ENCRYPT_DECRYPT', 'ReEncrypt');
    checkUsable(destination, 'ENCRYPT_DECRYPT', 'ReEncrypt');
    const plaintext = decryptWith(source, ciphertext, from.encryptionContext, from.algorithm);
    const CiphertextBlob = encryptWith(destination, plaintext, to.encryptionContext, to.algorithm);
    endDryRun(dryRun);
    return {
      CiphertextBlob,
      SourceKeyId: keyArn(source),
      KeyId: keyArn(destination),
      SourceEncryptionAlgorithm: from.algorithm,
      DestinationEncryptionAlgorithm: to.algorithm,
      SourceKeyMaterialId: readCiphertext(ciphertext)?.materialId,
      DestinationKeyMaterialId: materialId(destination),
    };
  },
});
