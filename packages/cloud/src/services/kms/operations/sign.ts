import { createHmac, createPublicKey, diffieHellman, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { privateKeyOf } from '../cryptography/material.js';
import { digestLength, isSignature, type MessageType, signMessage } from '../cryptography/signature.js';
import { keyArn, parseKeyId } from '../key-id.js';
import { olderSpec } from '../key-metadata.js';
import type { KeyRecord } from '../key-record.js';
import { algorithmsOf, MAC_ALGORITHMS, SIGNING_ALGORITHMS } from '../key-specs.js';
import { checkEnabled, checkUsable, currentMaterial, specOf } from '../key-state.js';
import { invalid, invalidUsage, unsupported } from '../kms-error.js';
import { kmsOperation, onKey, requestAlias } from '../service-state.js';
import { endDryRun } from './dry-run.js';

const KEY_ID = { min: 1, max: 2048 };
const MESSAGE = { min: 1, max: 4096 };

type SigningInput = Input<'kms', 'Sign'>;

function readSigning(
  { KeyId, Message: message, MessageType = 'RAW', SigningAlgorithm, DryRun }: SigningInput,
  scope: Scope,
) {
  if (MessageType !== 'RAW' && MessageType !== 'DIGEST') {
    throw unsupported(`The local cloud does not support messages of the type ${MessageType}`);
  }
  if (MessageType === 'DIGEST' && message.length !== digestLength(SigningAlgorithm)) {
    throw invalid(`Digest is invalid length for algorithm ${SigningAlgorithm}.`);
  }
  const type: MessageType = MessageType;
  return { key: parseKeyId(KeyId, scope), message, type, algorithm: SigningAlgorithm, dryRun: DryRun };
}

const signingKeys = {
  ...requestAlias,
  'kms:MessageType': ({ input }: { readonly input: { readonly type: string } }) => input.type,
  'kms:SigningAlgorithm': ({ input }: { readonly input: { readonly algorithm: string } }) => input.algorithm,
};

/** @throws AwsError InvalidKeyUsageException for an algorithm that the key does not have */
function checkAlgorithm(record: KeyRecord, algorithm: string): void {
  const lists: readonly (readonly string[])[] = Object.values(algorithmsOf(specOf(record), record.usage));
  if (lists.some((list) => list.includes(algorithm))) return;
  throw invalidUsage(`Algorithm ${algorithm} is incompatible with key spec ${record.spec}.`);
}

const SIGNING_LIMITS = {
  KeyId: KEY_ID,
  Message: MESSAGE,
  MessageType: { values: ['RAW', 'DIGEST', 'EXTERNAL_MU'] },
  SigningAlgorithm: { values: SIGNING_ALGORITHMS },
};

export const sign = kmsOperation({
  name: 'Sign',
  limits: SIGNING_LIMITS,
  parse: readSigning,
  access: (row) => [onKey(row, 'Sign', signingKeys)],
  handle: async ({ key, message, type, algorithm, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'SIGN_VERIFY', 'Sign');
    checkAlgorithm(record, algorithm);
    endDryRun(dryRun);
    const Signature = signMessage(privateKeyOf(currentMaterial(record)), message, type, algorithm);
    return { KeyId: keyArn(record), Signature, SigningAlgorithm: algorithm };
  },
});

export const verify = kmsOperation({
  name: 'Verify',
  limits: { ...SIGNING_LIMITS, Signature: { min: 1, max: 6144 } },
  parse: (input, scope) => ({ ...readSigning(input, scope), signature: input.Signature }),
  access: (row) => [onKey(row, 'Verify', signingKeys)],
  handle: async ({ key, message, type, algorithm, signature, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'SIGN_VERIFY', 'Verify');
    checkAlgorithm(record, algorithm);
    if (!isSignature(privateKeyOf(currentMaterial(record)), message, type, algorithm, signature)) {
      throw new AwsError('KMSInvalidSignatureException', '');
    }
    endDryRun(dryRun);
    return { KeyId: keyArn(record), SignatureValid: true, SigningAlgorithm: algorithm };
  },
});

export const getPublicKey = kmsOperation({
  name: 'GetPublicKey',
  limits: { KeyId: KEY_ID },
  parse: ({ KeyId }, scope) => ({ key: parseKeyId(KeyId, scope) }),
  access: (row) => [onKey(row, 'GetPublicKey', requestAlias)],
  handle: async ({ key }, _call, { keys }) => {
    const record = await keys.get(key);
    checkEnabled(record);
    const { kind } = specOf(record);
    if (kind !== 'rsa' && kind !== 'ec') {
      throw unsupported(`${keyArn(record)} key spec is ${record.spec} which is not valid for GetPublicKey.`);
    }
    const publicKey = createPublicKey(privateKeyOf(currentMaterial(record)));
    return {
      KeyId: keyArn(record),
      PublicKey: publicKey.export({ format: 'der', type: 'spki' }),
      CustomerMasterKeySpec: olderSpec(record),
      KeySpec: record.spec,
      KeyUsage: record.usage,
      ...algorithmsOf(specOf(record), record.usage),
    };
  },
});

function macOf(record: KeyRecord, message: Uint8Array): Buffer {
  const spec = specOf(record);
  if (spec.kind !== 'hmac') throw new Error(`${record.spec} makes no codes`);
  return createHmac(spec.hash, Buffer.from(currentMaterial(record).secret, 'base64'))
    .update(message)
    .digest();
}

const MAC_LIMITS = { KeyId: KEY_ID, Message: MESSAGE, MacAlgorithm: { values: MAC_ALGORITHMS } };
const macKeys = {
  ...requestAlias,
  'kms:MacAlgorithm': ({ input }: { readonly input: { readonly algorithm: string } }) => input.algorithm,
};

export const generateMac = kmsOperation({
  name: 'GenerateMac',
  limits: MAC_LIMITS,
  parse: ({ KeyId, Message: message, MacAlgorithm: algorithm, DryRun: dryRun }, scope) => ({
    key: parseKeyId(KeyId, scope),
    ...{ message, algorithm, dryRun },
  }),
  access: (row) => [onKey(row, 'GenerateMac', macKeys)],
  handle: async ({ key, message, algorithm, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'GENERATE_VERIFY_MAC', 'GenerateMac');
    checkAlgorithm(record, algorithm);
    endDryRun(dryRun);
    return { Mac: macOf(record, message), MacAlgorithm: algorithm, KeyId: keyArn(record) };
  },
});

export const verifyMac = kmsOperation({
  name: 'VerifyMac',
  limits: { ...MAC_LIMITS, Mac: { min: 1, max: 6144 } },
  parse: ({ KeyId, Message: message, MacAlgorithm: algorithm, Mac: mac, DryRun: dryRun }, scope) => ({
    key: parseKeyId(KeyId, scope),
    ...{ message, algorithm, mac, dryRun },
  }),
  access: (row) => [onKey(row, 'VerifyMac', macKeys)],
  handle: async ({ key, message, algorithm, mac, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'GENERATE_VERIFY_MAC', 'VerifyMac');
    checkAlgorithm(record, algorithm);
    const expected = macOf(record, message);
    if (mac.length !== expected.length || !timingSafeEqual(expected, mac)) {
      throw new AwsError('KMSInvalidMacException', '');
    }
    endDryRun(dryRun);
    return { KeyId: keyArn(record), MacValid: true, MacAlgorithm: algorithm };
  },
});

export const deriveSharedSecret = kmsOperation({
  name: 'DeriveSharedSecret',
  limits: { KeyId: KEY_ID, KeyAgreementAlgorithm: { values: ['ECDH'] }, PublicKey: { min: 1, max: 8192 } },
  parse: ({ KeyId, KeyAgreementAlgorithm: algorithm, PublicKey: publicKey, DryRun: dryRun, Recipient }, scope) => {
    if (Recipient !== undefined) throw unsupported('The local cloud does not support Recipient: there are no enclaves');
    return { key: parseKeyId(KeyId, scope), algorithm, publicKey, dryRun };
  },
  access: (row) => [
    onKey(row, 'DeriveSharedSecret', {
      ...requestAlias,
      'kms:KeyAgreementAlgorithm': ({ input }) => input.algorithm,
    }),
  ],
  handle: async ({ key, algorithm, publicKey, dryRun }, _call, { keys }) => {
    const record = await keys.get(key);
    checkUsable(record, 'KEY_AGREEMENT', 'DeriveSharedSecret');
    const SharedSecret = agree(record, publicKey);
    endDryRun(dryRun);
    return { KeyId: keyArn(record), SharedSecret, KeyAgreementAlgorithm: algorithm, KeyOrigin: 'AWS_KMS' as const };
  },
});

/** @throws AwsError ValidationException for what is no public key of the same curve */
function agree(record: KeyRecord, bytes: Uint8Array): Uint8Array {
  try {
    const publicKey = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' });
    return diffieHellman({ privateKey: privateKeyOf(currentMaterial(record)), publicKey });
  } catch {
    throw invalid('');
  }
}
