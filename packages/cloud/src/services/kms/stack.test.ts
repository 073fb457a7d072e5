import { DecryptCommand, DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { testCloud } from '../../testing/index.js';
import { testStack } from '../cloudformation/fixtures/test-stack.js';

const ENCRYPT = `
const { KMSClient, EncryptCommand, DecryptCommand } = require('@aws-sdk/client-kms');
const client = new KMSClient({});
exports.handler = async ({ text }) => {
  const { CiphertextBlob } = await client.send(new EncryptCommand({ KeyId: process.env.KEY, Plaintext: Buffer.from(text) }));
  const decrypted = await client.send(new DecryptCommand({ CiphertextBlob })).then(() => 'decrypted', (error) => error.name);
  return { blob: Buffer.from(CiphertextBlob).toString('base64'), decrypted };
};`;

const template = {
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      Properties: {
        EnableKeyRotation: true,
        PendingWindowInDays: 7,
        KeyPolicy: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' } },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
      },
    },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/vault', TargetKeyId: { Ref: 'Key' } } },
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'encrypt',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: 'kms:Encrypt', Resource: { 'Fn::GetAtt': ['Key', 'Arn'] } }],
            },
          },
        ],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'vault',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        MemorySize: 256,
        Timeout: 30,
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Environment: { Variables: { KEY: { Ref: 'Alias' } } },
        Code: { ZipFile: ENCRYPT },
      },
    },
  },
  Outputs: { Key: { Value: { Ref: 'Key' } } },
};

test('a function encrypts by the key of its stack with its own permissions, and the stack deletes both', async () => {
  await using cloud = await testCloud();
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const [kms, lambda] = [new KMSClient(config), new LambdaClient(config)];
  const stack = testStack(cloud, 'vault');
  const { Key: KeyId = '' } = await stack.create(template);

  const Payload = JSON.stringify({ text: 'the code is 1234' });
  const answer = await lambda.send(new InvokeCommand({ FunctionName: 'vault', Payload }));
  const { blob, decrypted } = JSON.parse(Buffer.from(answer.Payload ?? []).toString());
  expect(decrypted).toBe('AccessDeniedException');
  const { Plaintext } = await kms.send(new DecryptCommand({ CiphertextBlob: Buffer.from(blob, 'base64') }));
  expect(Buffer.from(Plaintext ?? []).toString()).toBe('the code is 1234');

  await stack.remove();
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  expect(KeyMetadata?.KeyState).toBe('PendingDeletion');
  await expect(kms.send(new DescribeKeyCommand({ KeyId: 'alias/vault' }))).rejects.toMatchObject({
    name: 'NotFoundException',
  });
});
