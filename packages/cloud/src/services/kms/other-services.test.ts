import { BatchGetItemCommand, CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateKeyCommand,
  DisableKeyCommand,
  GenerateDataKeyCommand,
  KMSClient,
  PutKeyPolicyCommand,
} from '@aws-sdk/client-kms';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateTopicCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, test } from 'vitest';
import type { CloudOptions } from '../../cloud.js';
import { testCloud } from '../../testing/index.js';

const ROOT = 'arn:aws:iam::000000000000:root';
const MISSING = '134f2428-cec1-4b25-a1ae-9048164dba47';

const policy = (...Statement: object[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const administer = {
  Effect: 'Allow',
  Principal: { AWS: ROOT },
  Action: ['kms:PutKeyPolicy', 'kms:DescribeKey', 'kms:DisableKey'],
  Resource: '*',
};
const everything = { ...administer, Action: 'kms:*' };

/** A cloud with a key, which nobody may use once it is locked. */
async function keyCloud(options: CloudOptions = {}) {
  const cloud = await testCloud(options);
  const config = { ...cloud.clientConfig(), maxAttempts: 1 };
  const kms = new KMSClient(config);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({ Policy: policy(everything) }));
  const { KeyId = '', Arn = '' } = KeyMetadata ?? {};
  return {
    ...cloud,
    KeyId,
    Arn,
    kms,
    sqs: new SQSClient(config),
    sns: new SNSClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    ssm: new SSMClient(config),
    secrets: new SecretsManagerClient(config),
    dynamodb: new DynamoDBClient(config),
    setPolicy: (...statements: object[]) =>
      kms.send(new PutKeyPolicyCommand({ KeyId, Policy: policy(administer, ...statements) })),
  };
}

const denied = (action: string, arn: string) => ({
  message: expect.stringContaining(`not authorized to perform: ${action} on resource: ${arn}`),
});

test('who may not use the key of a queue sends and receives nothing', async () => {
  await using cloud = await keyCloud();
  const Attributes = { KmsMasterKeyId: cloud.KeyId, KmsDataKeyReusePeriodSeconds: '60' };
  const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes }));
  const send = new SendMessageCommand({ QueueUrl, MessageBody: 'a' });
  await cloud.sqs.send(send);
  await cloud.setPolicy();
  await expect(cloud.sqs.send(send)).rejects.toMatchObject({
    name: 'KmsAccessDenied',
    ...denied('kms:GenerateDataKey', cloud.Arn),
  });
  const Entries = [{ Id: 'a', MessageBody: 'a' }];
  await expect(cloud.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
    name: 'KmsAccessDenied',
  });
  const receive = new ReceiveMessageCommand({ QueueUrl });
  await expect(cloud.sqs.send(receive)).rejects.toMatchObject(denied('kms:Decrypt', cloud.Arn));
  await cloud.setPolicy({ ...everything, Action: 'kms:Decrypt' });
  expect((await cloud.sqs.send(receive)).Messages).toHaveLength(1);
});

test('a queue takes a key that is not there, and no message', async () => {
  await using cloud = await keyCloud();
  const Attributes = { KmsMasterKeyId: 'testKeyId' };
  const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  await cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  await expect(cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }))).rejects.toMatchObject({
    name: 'KmsNotFound',
  });
});

test('a queue is encrypted by a key or by SQS', async () => {
  await using cloud = await keyCloud();
  const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));
  const set = (Attributes: Record<string, string>) =>
    cloud.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
  const shown = async () => {
    const AttributeNames = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled'] as const;
    return (await cloud.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] })))
      .Attributes;
  };
  await set({ KmsMasterKeyId: 'testKeyId', KmsDataKeyReusePeriodSeconds: '6000' });
  expect(await shown()).toEqual({
    KmsMasterKeyId: 'testKeyId',
    KmsDataKeyReusePeriodSeconds: '6000',
    SqsManagedSseEnabled: 'false',
  });
  await set({ KmsMasterKeyId: '', KmsDataKeyReusePeriodSeconds: '300' });
  expect(await shown()).toEqual({ SqsManagedSseEnabled: 'false' });
  await expect(set({ KmsMasterKeyId: 'testKeyId', SqsManagedSseEnabled: 'true' })).rejects.toMatchObject({
    name: 'InvalidAttributeName',
    message:
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  });
});

test('a key that is used through SQS alone cannot be used directly', async () => {
  await using cloud = await keyCloud();
  const Condition = { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } };
  await cloud.setPolicy({ ...everything, Condition });
  const Attributes = { KmsMasterKeyId: cloud.Arn };
  const { QueueUrl } = await cloud.sqs.send(new CreateQueueCommand({ QueueName: 'jobs', Attributes }));
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'a' }));
  const direct = new GenerateDataKeyCommand({ KeyId: cloud.KeyId, KeySpec: 'AES_256' });
  await expect(cloud.kms.send(direct)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

test('who may not use the key of a topic publishes nothing', async () => {
  await using cloud = await keyCloud();
  const { TopicArn } = await cloud.sns.send(
    new CreateTopicCommand({ Name: 'news', Attributes: { KmsMasterKeyId: cloud.KeyId } }),
  );
  const publish = new PublishCommand({ TopicArn, Message: 'a' });
  await cloud.sns.send(publish);
  await cloud.setPolicy();
  await expect(cloud.sns.send(publish)).rejects.toMatchObject({
    name: 'KMSAccessDeniedException',
    ...denied('kms:GenerateDataKey', cloud.Arn),
  });
});

test('who may not use the key of an object neither writes nor reads it, and sees its head', async () => {
  await using cloud = await keyCloud();
  const { s3 } = cloud;
  const at = { Bucket: 'shop', Key: 'a' };
  const encrypted = { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: cloud.KeyId } as const;
  await s3.send(new CreateBucketCommand({ Bucket: 'shop' }));
  const put = new PutObjectCommand({ ...at, Body: 'a', ...encrypted });
  expect((await s3.send(put)).SSEKMSKeyId).toBe(cloud.Arn);
  await cloud.setPolicy();
  await expect(s3.send(put)).rejects.toMatchObject({
    name: 'AccessDenied',
    ...denied('kms:GenerateDataKey', cloud.Arn),
  });
  await expect(s3.send(new CreateMultipartUploadCommand({ ...at, ...encrypted }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  await expect(s3.send(new GetObjectCommand(at))).rejects.toMatchObject({
    name: 'AccessDenied',
    ...denied('kms:Decrypt', cloud.Arn),
  });
  await expect(s3.send(new CopyObjectCommand({ ...at, Key: 'b', CopySource: 'shop/a' }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
  expect((await s3.send(new HeadObjectCommand(at))).SSEKMSKeyId).toBe(cloud.Arn);
});

test("a bucket's encryption names the key of every object, whole or in parts", async () => {
  await using cloud = await keyCloud();
  const { s3 } = cloud;
  const Bucket = 'shop';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Rules = [
    { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: cloud.KeyId } },
  ];
  await s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }));
  expect((await s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' }))).SSEKMSKeyId).toBe(cloud.Arn);
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'b' }));
  const part = { Bucket, Key: 'b', UploadId, PartNumber: 1 };
  const { ETag } = await s3.send(new UploadPartCommand({ ...part, Body: 'b' }));
  const MultipartUpload = { Parts: [{ ETag, PartNumber: 1 }] };
  const whole = await s3.send(new CompleteMultipartUploadCommand({ Bucket, Key: 'b', UploadId, MultipartUpload }));
  expect(whole.SSEKMSKeyId).toBe(cloud.Arn);
});

test.each([
  ['fake-key-id', 'NotFoundException', "Invalid keyId 'fake-key-id'"],
  [MISSING, 'NotFoundException', `Key 'arn:aws:kms:eu-west-1:000000000000:key/${MISSING}' does not exist`],
  [`arn:aws:kms:us-west-2:000000000000:key/${MISSING}`, 'NotFoundException', 'Invalid arn us-west-2'],
])('S3 says of the key %s what KMS says', async (SSEKMSKeyId, code, message) => {
  await using cloud = await keyCloud();
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'shop' }));
  const put = { Bucket: 'shop', Key: 'a', Body: 'a', ServerSideEncryption: 'aws:kms', SSEKMSKeyId } as const;
  await expect(cloud.s3.send(new PutObjectCommand(put))).rejects.toMatchObject({ name: `KMS.${code}`, message });
});

test('an object of a disabled key is not read', async () => {
  await using cloud = await keyCloud();
  const at = { Bucket: 'shop', Key: 'a' };
  await cloud.s3.send(new CreateBucketCommand({ Bucket: 'shop' }));
  await cloud.s3.send(
    new PutObjectCommand({ ...at, Body: 'a', ServerSideEncryption: 'aws:kms', SSEKMSKeyId: cloud.KeyId }),
  );
  await cloud.kms.send(new DisableKeyCommand({ KeyId: cloud.KeyId }));
  await expect(cloud.s3.send(new GetObjectCommand(at))).rejects.toMatchObject({
    name: 'KMS.DisabledException',
    message: `${cloud.Arn} is disabled.`,
  });
});

test('who may not use the key of a parameter neither writes nor decrypts it', async () => {
  await using cloud = await keyCloud();
  const put = { Name: '/shop/key', Value: 'one', Type: 'SecureString', KeyId: cloud.KeyId, Overwrite: true } as const;
  await cloud.ssm.send(new PutParameterCommand(put));
  await cloud.setPolicy();
  await expect(cloud.ssm.send(new PutParameterCommand(put))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    ...denied('kms:Encrypt', cloud.Arn),
  });
  const get = { Name: put.Name, WithDecryption: true };
  await expect(cloud.ssm.send(new GetParameterCommand(get))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect((await cloud.ssm.send(new GetParameterCommand({ Name: put.Name }))).Parameter?.Type).toBe('SecureString');
  await cloud.setPolicy({
    ...everything,
    Condition: {
      StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': 'arn:aws:ssm:eu-west-1:000000000000:parameter/shop/key' },
    },
  });
  expect((await cloud.ssm.send(new GetParameterCommand(get))).Parameter?.Value).toBe('one');
});

test('a parameter is not written under a key that is not there', async () => {
  await using cloud = await keyCloud();
  const put = { Name: '/shop/key', Value: 'one', Type: 'SecureString', KeyId: MISSING } as const;
  await expect(cloud.ssm.send(new PutParameterCommand(put))).rejects.toMatchObject({ name: 'InvalidKeyId' });
});

test('who may not use the key of a secret neither writes nor reads its value', async () => {
  await using cloud = await keyCloud();
  const { secrets } = cloud;
  const SecretId = 'shop/db';
  await secrets.send(new CreateSecretCommand({ Name: SecretId, SecretString: 'one', KmsKeyId: cloud.KeyId }));
  await cloud.setPolicy();
  const refused = { name: 'AccessDeniedException', message: 'Access to KMS is not allowed' };
  await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject(refused);
  await expect(secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'two' }))).rejects.toMatchObject(
    refused,
  );
  await cloud.kms.send(new DisableKeyCommand({ KeyId: cloud.KeyId }));
  await cloud.setPolicy(everything);
  await expect(secrets.send(new GetSecretValueCommand({ SecretId }))).rejects.toMatchObject({
    name: 'DecryptionFailure',
  });
});

test('who may not use the key of a table neither makes it nor reads items, once DynamoDB has forgotten', async () => {
  let ahead = 0;
  await using cloud = await keyCloud({ now: () => Date.now() + ahead });
  const { dynamodb, KeyId } = cloud;
  const table = (TableName: string, KMSMasterKeyId: string) =>
    new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId },
    });
  await dynamodb.send(table('users', KeyId));
  const Item = { id: { S: 'ann' } };
  const put = new PutItemCommand({ TableName: 'users', Item });
  const batch = new BatchGetItemCommand({ RequestItems: { users: { Keys: [Item] } } });
  await dynamodb.send(put);
  await cloud.setPolicy();
  await dynamodb.send(put);
  await dynamodb.send(batch);
  // A client's clock may not be so far behind.
  ahead = 300_000;
  const later = (operation: string, input: object) =>
    cloud.context.dispatch('dynamodb', operation, input, {
      account: '000000000000',
      region: 'eu-west-1',
      principal: { kind: 'root', account: '000000000000' },
      requestId: 'a',
      sourceIp: '127.0.0.1',
    });
  const refused = { code: 'AccessDeniedException', ...denied('kms:Decrypt', cloud.Arn) };
  await expect(later('PutItem', put.input)).rejects.toMatchObject(refused);
  await expect(later('BatchGetItem', batch.input)).rejects.toMatchObject(refused);
  ahead = 0;
  await expect(dynamodb.send(table('other', KeyId))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await expect(dynamodb.send(table('other', MISSING))).rejects.toThrow('KMS validation error: Key');
});
