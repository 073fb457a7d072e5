import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { type KeyUse, type KeyUser, useKey } from '../../kit/key-use.js';
import { secretArn } from './secret-id.js';
import type { SecretRecord } from './secret-record.js';

/** The key that Secrets Manager has for itself in each account. */
const DEFAULT_KEY = 'alias/aws/secretsmanager';

const FAILURES = {
  Decrypt: ['DecryptionFailure', "Secrets Manager can't decrypt the protected secret text using the provided KMS key."],
  GenerateDataKey: [
    'EncryptionFailure',
    "Secrets Manager can't encrypt the protected secret text using the provided KMS key. Check that the KMS key is available, enabled, and not in an invalid state.",
  ],
} as const;

const secretsManager = (action: keyof typeof FAILURES): KeyUser => ({
  service: 'secretsmanager',
  refuse: ({ code }) => {
    if (code === 'AccessDeniedException') return new AwsError(code, 'Access to KMS is not allowed');
    const [failure, message] = FAILURES[action];
    return new AwsError(failure, message);
  },
});

/**
 * Checks that a caller may use the key of a secret, for one version: to write it ("GenerateDataKey") or to read it.
 *
 * @throws AwsError AccessDeniedException, EncryptionFailure, DecryptionFailure
 */
export async function useSecretKey(
  context: Pick<CloudContext, 'dispatch'>,
  call: Call,
  secret: Pick<SecretRecord, 'account' | 'region' | 'name' | 'suffix' | 'keyId'>,
  versionId: string,
  action: Extract<KeyUse['action'], keyof typeof FAILURES>,
): Promise<void> {
  const { keyId = DEFAULT_KEY } = secret;
  // Everybody in the account may use the key of Secrets Manager itself; others are refused before.
  if (keyId.endsWith(DEFAULT_KEY)) return;
  const encryptionContext = { SecretARN: secretArn(secret), SecretVersionId: versionId };
  await useKey(context, secretsManager(action), call, secret, { keyId, action, encryptionContext });
}
