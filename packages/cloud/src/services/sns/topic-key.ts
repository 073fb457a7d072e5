import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { type KeyUser, useKey } from '../../kit/key-use.js';
import { keyError } from './sns-error.js';
import { topicArn } from './topic-name.js';
import type { TopicRecord } from './topic-record.js';

const SNS: KeyUser = { service: 'sns', refuse: keyError };

/**
 * Checks that a publisher may use the key of a topic that has one ("Configure AWS KMS permissions" of the SNS developer
 * guide): who publishes makes and opens data keys.
 *
 * @throws AwsError KMSAccessDenied, KMSNotFound, KMSDisabled, KMSInvalidState
 */
export async function useTopicKey(
  context: Pick<CloudContext, 'dispatch'>,
  call: Call,
  topic: TopicRecord,
): Promise<void> {
  const { KmsMasterKeyId: keyId } = topic.attributes;
  if (!keyId) return;
  const encryptionContext = { 'aws:sns:topicArn': topicArn(topic) };
  for (const action of ['GenerateDataKey', 'Decrypt'] as const) {
    await useKey(context, SNS, call, topic, { keyId, action, encryptionContext });
  }
}
