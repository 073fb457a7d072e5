import type { Operation } from '../../../core/operation.js';
import type { SecretsState } from '../service-state.js';
import { createSecret } from './create-secret.js';
import { deleteSecret, restoreSecret } from './delete-secret.js';
import { describeSecret, listSecrets, listSecretVersionIds } from './describe-secret.js';
import { getRandomPassword } from './random-password.js';
import {
  deleteResourcePolicy,
  getResourcePolicy,
  putResourcePolicy,
  validateResourcePolicy,
} from './resource-policy.js';
import { cancelRotateSecret, rotateSecret } from './rotate-secret.js';
import { batchGetSecretValue, getSecretValue, putSecretValue } from './secret-value.js';
import { tagResource, untagResource } from './tagging.js';
import { updateSecret, updateSecretVersionStage } from './update-secret.js';

// biome-ignore lint/suspicious/noExplicitAny: each operation's input type is its own
export const operations: readonly Operation<SecretsState, any, any>[] = [
  batchGetSecretValue,
  cancelRotateSecret,
  createSecret,
  deleteResourcePolicy,
  deleteSecret,
  describeSecret,
  getRandomPassword,
  getResourcePolicy,
  getSecretValue,
  listSecrets,
  listSecretVersionIds,
  putResourcePolicy,
  putSecretValue,
  restoreSecret,
  rotateSecret,
  tagResource,
  untagResource,
  updateSecret,
  updateSecretVersionStage,
  validateResourcePolicy,
];
