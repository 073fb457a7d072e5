import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { queueArn } from '../../core/queue-name.js';
import { type KeyUse, type KeyUser, useKey } from '../../kit/key-use.js';
import type { QueueRecord } from './queue-record.js';
import { keyError } from './sqs-error.js';

const SQS: KeyUser = { service: 'sqs', refuse: keyError };

/**
 * Checks that a caller may use the key of a queue that has one ("Configuring KMS permissions for Amazon SQS"): who
 * sends makes and opens data keys, who receives opens them.
 *
 * @throws AwsError KmsAccessDenied, KmsNotFound, KmsDisabled, KmsInvalidState
 */
export async function useQueueKey(
  context: Pick<CloudContext, 'dispatch'>,
  call: Call,
  queue: QueueRecord,
  ...actions: readonly KeyUse['action'][]
): Promise<void> {
  const { KmsMasterKeyId: keyId } = queue.attributes;
  if (!keyId) return;
  const encryptionContext = { 'aws:sqs:arn': queueArn(queue) };
  for (const action of actions) await useKey(context, SQS, call, queue, { keyId, action, encryptionContext });
}
