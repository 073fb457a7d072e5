import type { Operation } from '../../../core/operation.js';
import type { KmsState } from '../service-state.js';
import { createAlias, deleteAlias, listAliases, listKeys, updateAlias } from './aliases.js';
import { createKey, describeKey } from './create-key.js';
import {
  generateDataKey,
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
  generateRandom,
} from './data-keys.js';
import { decrypt, encrypt, reEncrypt } from './encrypt.js';
import { createGrant, listGrants, listRetirableGrants, retireGrant, revokeGrant } from './grants.js';
import { getKeyPolicy, listKeyPolicies, putKeyPolicy } from './key-policies.js';
import {
  cancelKeyDeletion,
  disableKey,
  disableKeyRotation,
  enableKey,
  enableKeyRotation,
  getKeyRotationStatus,
  listKeyRotations,
  rotateKeyOnDemand,
  scheduleKeyDeletion,
  updateKeyDescription,
} from './key-states.js';
import { deriveSharedSecret, generateMac, getPublicKey, sign, verify, verifyMac } from './sign.js';
import { listResourceTags, tagResource, untagResource } from './tagging.js';
import { useKey } from './use-key.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<KmsState, any, any>[] = [
  cancelKeyDeletion,
  createAlias,
  createGrant,
  createKey,
  decrypt,
  deleteAlias,
  deriveSharedSecret,
  describeKey,
  disableKey,
  disableKeyRotation,
  enableKey,
  enableKeyRotation,
  encrypt,
  generateDataKey,
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
  generateMac,
  generateRandom,
  getKeyPolicy,
  getKeyRotationStatus,
  getPublicKey,
  listAliases,
  listGrants,
  listKeyPolicies,
  listKeyRotations,
  listKeys,
  listResourceTags,
  listRetirableGrants,
  putKeyPolicy,
  reEncrypt,
  retireGrant,
  revokeGrant,
  rotateKeyOnDemand,
  scheduleKeyDeletion,
  sign,
  tagResource,
  untagResource,
  updateAlias,
  updateKeyDescription,
  useKey,
  verify,
  verifyMac,
];
