import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { KMS } from '@aws-sdk/client-kms';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';

const logGroupName = 'orders';

test('a key encrypts a group where its policy lets CloudWatch Logs, until it is taken away', async () => {
  await using cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const logs = new CloudWatchLogs(config);
  const kms = new KMS(config);
  const { KeyMetadata: { Arn: kmsKeyId = '', KeyId = '' } = {} } = await kms.createKey({});
  await logs.createLogGroup({ logGroupName });
  await expect(logs.associateKmsKey({ logGroupName, kmsKeyId })).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      "The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:eu-west-1:000000000000:log-group:orders'",
  });
  const statement = (Principal: object) => ({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*' });
  const owner = statement({ AWS: 'arn:aws:iam::000000000000:root' });
  const Statement = [owner, statement({ Service: 'logs.eu-west-1.amazonaws.com' })];
  await kms.putKeyPolicy({ KeyId, Policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
  await logs.associateKmsKey({ logGroupName, kmsKeyId });
  const key = async () => (await logs.describeLogGroups({})).logGroups?.[0]?.kmsKeyId;
  expect(await key()).toBe(kmsKeyId);
  await logs.disassociateKmsKey({ logGroupName });
  expect(await key()).toBeUndefined();
});
