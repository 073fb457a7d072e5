import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { internalCall } from '../../core/internal-call.js';
import type { Scope } from '../../core/operation.js';
import { useKey } from '../../kit/key-use.js';
import { groupArn } from './log-arn.js';

/**
 * Asks KMS whether CloudWatch Logs may encrypt a group by a key ("Encrypt log data in CloudWatch Logs using AWS KMS"):
 * the key's policy allows the service of the region.
 *
 * @throws AwsError AccessDeniedException
 */
export async function checkGroupKey(keyId: string, group: string, scope: Scope, context: CloudContext): Promise<void> {
  const { account, region } = scope;
  const call = internalCall({ account, region }, { kind: 'service', account, service: `logs.${region}.amazonaws.com` });
  const arn = groupArn(scope, group);
  const refuse = (): AwsError =>
    new AwsError(
      'AccessDeniedException',
      `The specified KMS key does not exist or is not allowed to be used with Arn '${arn}'`,
    );
  const encryptionContext = { 'aws:logs:arn': arn };
  await useKey(context, { service: 'logs', refuse }, call, scope, { keyId, action: 'Encrypt', encryptionContext });
}
