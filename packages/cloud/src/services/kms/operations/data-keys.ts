import { randomBytes } from 'node:crypto';
import { anything } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import { encryptWith } from '../cryptography/key-cipher.js';
import { newKeyPair } from '../cryptography/material.js';
import { keyArn, parseKeyId } from '../key-id.js';
import { KEY_SPECS, keySpec } from '../key-specs.js';
import { checkUsable, materialId } from '../key-state.js';
import { invalid, invalidUsage, unsupported } from '../kms-error.js';
import { type KmsState, kmsOperation, onKey, requestAlias } from '../service-state.js';
import { endDryRun } from './dry-run.js';
import { encryptionKeys } from './encryption-keys.js';

const SIZES: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };
const PAIR_SPECS = Object.entries(KEY_SPECS).flatMap(([name, { kind }]) =>
  kind === 'rsa' || kind === 'ec' ? [name] : [],
);

interface CommonInput {
  readonly KeyId: string;
  readonly EncryptionContext?: Readonly<Record<string, string>> | undefined;
  readonly DryRun?: boolean | undefined;
  readonly Recipient?: object | undefined;
}

function readCommon({ KeyId, EncryptionContext, DryRun, Recipient }: CommonInput, scope: Scope) {
  if (Recipient !== undefined) throw unsupported('The local cloud does not support Recipient: there are no enclaves');
  return {
    key: parseKeyId(KeyId, scope),
    encryptionContext: EncryptionContext ?? {},
    // Data keys are encrypted by symmetric keys alone.
    algorithm: 'SYMMETRIC_DEFAULT',
    dryRun: DryRun,
  };
}

/** @throws AwsError ValidationException unless exactly one member says how long the key is */
function readSize(spec: string | undefined, bytes: number | undefined): number {
  if ((spec === undefined) === (bytes === undefined)) {
    throw invalid('Please specify either number of bytes or key spec.');
  }
  return bytes ?? SIZES[spec ?? ''] ?? 32;
}

interface Common extends ReturnType<typeof readCommon> {}

/** Encrypts a secret that was just made, under the key of the request. */
async function sealed(
  { key, encryptionContext, algorithm }: Common,
  secret: Uint8Array,
  name: string,
  { keys }: KmsState,
) {
  const record = await keys.get(key);
  checkUsable(record, 'ENCRYPT_DECRYPT', name);
  if (record.spec !== 'SYMMETRIC_DEFAULT') {
    throw invalidUsage(`${keyArn(record)} key spec is ${record.spec} which is not valid for ${name}.`);
  }
  return {
    blob: encryptWith(record, secret, encryptionContext, algorithm),
    KeyId: keyArn(record),
    KeyMaterialId: materialId(record),
  };
}

const DATA_KEY_LIMITS = {
  KeyId: { min: 1, max: 2048 },
  NumberOfBytes: { min: 1, max: 1024 },
  KeySpec: { values: ['AES_256', 'AES_128'] },
};

export const generateDataKey = kmsOperation({
  name: 'GenerateDataKey',
  limits: DATA_KEY_LIMITS,
  parse: (input, scope) => ({ ...readCommon(input, scope), size: readSize(input.KeySpec, input.NumberOfBytes) }),
  access: (row) => [onKey(row, 'GenerateDataKey', { ...requestAlias, ...encryptionKeys })],
  handle: async ({ size, ...common }, _call, state) => {
    const Plaintext = randomBytes(size);
    const { blob: CiphertextBlob, ...rest } = await sealed(common, Plaintext, 'GenerateDataKey', state);
    endDryRun(common.dryRun);
    return { Plaintext, CiphertextBlob, ...rest };
  },
});

export const generateDataKeyWithoutPlaintext = kmsOperation({
  name: 'GenerateDataKeyWithoutPlaintext',
  limits: DATA_KEY_LIMITS,
  parse: (input, scope) => ({ ...readCommon(input, scope), size: readSize(input.KeySpec, input.NumberOfBytes) }),
  access: (row) => [onKey(row, 'GenerateDataKeyWithoutPlaintext', { ...requestAlias, ...encryptionKeys })],
  handle: async ({ size, ...common }, _call, state) => {
    const name = 'GenerateDataKeyWithoutPlaintext';
    const { blob: CiphertextBlob, ...rest } = await sealed(common, randomBytes(size), name, state);
    endDryRun(common.dryRun);
    return { CiphertextBlob, ...rest };
  },
});

const PAIR_LIMITS = { KeyId: { min: 1, max: 2048 }, KeyPairSpec: { values: PAIR_SPECS } };

async function newPair(spec: string) {
  const known = keySpec(spec)?.spec;
  if (known?.kind !== 'rsa' && known?.kind !== 'ec') throw new Error(`${spec} is no spec of a pair`);
  return newKeyPair(known);
}

export const generateDataKeyPair = kmsOperation({
  name: 'GenerateDataKeyPair',
  limits: PAIR_LIMITS,
  parse: (input, scope) => ({ ...readCommon(input, scope), spec: input.KeyPairSpec }),
  access: (row) => [
    onKey(row, 'GenerateDataKeyPair', {
      ...requestAlias,
      ...encryptionKeys,
      'kms:DataKeyPairSpec': ({ input }) => input.spec,
    }),
  ],
  handle: async ({ spec, ...common }, _call, state) => {
    const { privateKey, publicKey } = await newPair(spec);
    const { blob, ...rest } = await sealed(common, privateKey, 'GenerateDataKeyPair', state);
    endDryRun(common.dryRun);
    return {
      PrivateKeyCiphertextBlob: blob,
      PrivateKeyPlaintext: privateKey,
      PublicKey: publicKey,
      KeyPairSpec: spec,
      ...rest,
    };
  },
});

export const generateDataKeyPairWithoutPlaintext = kmsOperation({
  name: 'GenerateDataKeyPairWithoutPlaintext',
  limits: PAIR_LIMITS,
  parse: (input, scope) => ({ ...readCommon(input, scope), spec: input.KeyPairSpec }),
  access: (row) => [
    onKey(row, 'GenerateDataKeyPairWithoutPlaintext', {
      ...requestAlias,
      ...encryptionKeys,
      'kms:DataKeyPairSpec': ({ input }) => input.spec,
    }),
  ],
  handle: async ({ spec, ...common }, _call, state) => {
    const { privateKey, publicKey } = await newPair(spec);
    const { blob, ...rest } = await sealed(common, privateKey, 'GenerateDataKeyPairWithoutPlaintext', state);
    endDryRun(common.dryRun);
    return { PrivateKeyCiphertextBlob: blob, PublicKey: publicKey, KeyPairSpec: spec, ...rest };
  },
});

export const generateRandom = kmsOperation({
  name: 'GenerateRandom',
  limits: { NumberOfBytes: { min: 1, max: 1024 } },
  parse: ({ NumberOfBytes: size, CustomKeyStoreId, Recipient }) => {
    if (CustomKeyStoreId !== undefined || Recipient !== undefined) {
      throw unsupported('The local cloud has no custom key stores and no enclaves');
    }
    if (size === undefined) throw invalid('NumberOfBytes is required.');
    return { size };
  },
  access: (row) => [row({ action: 'kms:GenerateRandom', on: anything })],
  handle: ({ size }) => ({ Plaintext: randomBytes(size) }),
});
