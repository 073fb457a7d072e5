import {
  CopyObjectCommand,
  CreateBucketCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'copies';

let cloud: TestCloud;
let client: S3Client;

beforeAll(async () => {
  cloud = await testCloud();
  client = new S3Client(cloud.clientConfig());
  await client.send(new CreateBucketCommand({ Bucket }));
});

afterAll(() => cloud.close());

test('an object with a key of its own may be copied over itself, which encrypts it as S3 does by default', async () => {
  const Key = 'encrypted';
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'test', ServerSideEncryption: 'aws:kms' }));
  const again = new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key}` });
  await client.send(again);
  expect(await client.send(new HeadObjectCommand({ Bucket, Key }))).toMatchObject({ ServerSideEncryption: 'AES256' });
  // Now it would change nothing.
  await expect(client.send(again)).rejects.toMatchObject({ name: 'InvalidRequest' });
});

test('where versions are suspended a copy tells that its version is null, and an upload does not', async () => {
  const VersioningConfiguration = { Status: 'Suspended' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  const put = await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'test' }));
  expect(put.VersionId).toBeUndefined();
  const copied = await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/source` }));
  expect(copied.VersionId).toBe('null');
});
