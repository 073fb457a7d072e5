import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'bucket';
const Key = 'a';
const PROTECTED = { name: 'AccessDenied', message: 'Access Denied because object protected by object lock.' };

async function bucketClient(cloud: TestCloud, ObjectLockEnabledForBucket = true): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ObjectLockEnabledForBucket }));
  return client;
}

test('a version under a legal hold is deleted once it is off', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { VersionId } = await client.send(
    new PutObjectCommand({ Bucket, Key, Body: 'x', ObjectLockLegalHoldStatus: 'ON' }),
  );
  const remove = () => client.send(new DeleteObjectCommand({ Bucket, Key, VersionId }));
  await expect(remove()).rejects.toMatchObject(PROTECTED);
  expect(await client.send(new GetObjectLegalHoldCommand({ Bucket, Key }))).toMatchObject({
    LegalHold: { Status: 'ON' },
  });
  await client.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'OFF' } }));
  await remove();
});

test("a bucket's default retention protects a version, and who may bypasses it", async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const DefaultRetention = { Mode: 'GOVERNANCE', Days: 1 } as const;
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } } as const;
  await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  const { VersionId } = await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head.ObjectLockMode).toBe('GOVERNANCE');
  expect(head.ObjectLockRetainUntilDate?.getTime()).toBeGreaterThan(Date.now());
  const command = { Bucket, Key, VersionId };
  await expect(client.send(new DeleteObjectCommand(command))).rejects.toMatchObject(PROTECTED);
  // Without a version the object stays below a delete marker.
  expect((await client.send(new DeleteObjectCommand({ Bucket, Key }))).DeleteMarker).toBe(true);
  await client.send(new DeleteObjectCommand({ ...command, BypassGovernanceRetention: true }));
});

test('a retention is prolonged, and shortened by nobody', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  await expect(client.send(new GetObjectRetentionCommand({ Bucket, Key }))).rejects.toMatchObject({
    name: 'NoSuchObjectLockConfiguration',
  });
  const retain = (minutes: number) => {
    const RetainUntilDate = new Date(Date.now() + minutes * 60_000);
    return client.send(
      new PutObjectRetentionCommand({ Bucket, Key, Retention: { Mode: 'COMPLIANCE', RetainUntilDate } }),
    );
  };
  await retain(60);
  await retain(120);
  await expect(retain(30)).rejects.toMatchObject(PROTECTED);
  await expect(retain(-1)).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'The retain until date must be in the future!',
  });
});

test('a bucket without locks has none for its objects', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud, false);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const command = new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: 'ON' } });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Bucket is missing Object Lock Configuration',
  });
});
