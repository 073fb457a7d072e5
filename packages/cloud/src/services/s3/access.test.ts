import {
  CreateBucketCommand,
  DeleteBucketOwnershipControlsCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAclCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  PutBucketAclCommand,
  PutBucketPolicyCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'bucket';
const ALL_USERS = 'http://acs.amazonaws.com/groups/global/AllUsers';

/** A bucket whose lists count, with an object. */
async function openBucket(cloud: TestCloud): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  await client.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
  await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
  return client;
}

async function anonymous(cloud: TestCloud, path: string, init: RequestInit = {}) {
  const response = await fetch(`${cloud.endpoint}/${path}`, init);
  return { status: response.status, text: await response.text() };
}

test('nobody in particular reads what a list lets everybody read', async () => {
  await using cloud = await testCloud();
  const client = await openBucket(cloud);
  expect(await anonymous(cloud, 'bucket/a')).toMatchObject({
    status: 403,
    text: expect.stringContaining('AccessDenied'),
  });
  await client.send(new PutObjectAclCommand({ Bucket, Key: 'a', ACL: 'public-read' }));
  expect(await anonymous(cloud, 'bucket/a')).toEqual({ status: 200, text: 'hello' });
  expect((await anonymous(cloud, 'bucket')).status).toBe(403);
  await client.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }));
  expect((await anonymous(cloud, 'bucket')).text).toContain('<Key>a</Key>');
  expect((await anonymous(cloud, 'bucket/b', { method: 'PUT', body: 'x' })).status).toBe(403);
});

test('nobody in particular reads what a policy lets everybody read', async () => {
  await using cloud = await testCloud();
  const client = await openBucket(cloud);
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect(await anonymous(cloud, 'bucket/a')).toEqual({ status: 200, text: 'hello' });
});

test('a bucket blocks public policies until it is told otherwise', async () => {
  await using cloud = await testCloud();
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await expect(client.send(new PutBucketPolicyCommand({ Bucket, Policy }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: expect.stringContaining('public policies are prevented by the BlockPublicPolicy setting'),
  });
});

test('lists are kept as they were granted', async () => {
  await using cloud = await testCloud();
  const client = await openBucket(cloud);
  const { Owner, Grants } = await client.send(new GetBucketAclCommand({ Bucket }));
  const owner = { Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'FULL_CONTROL' };
  expect(Grants).toEqual([owner]);
  await client.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read-write' }));
  const group = { Type: 'Group', URI: ALL_USERS };
  expect((await client.send(new GetBucketAclCommand({ Bucket }))).Grants).toEqual([
    owner,
    { Grantee: group, Permission: 'READ' },
    { Grantee: group, Permission: 'WRITE' },
  ]);
  const GrantRead = `uri="${ALL_USERS}", id="${Owner?.ID}"`;
  await client.send(new PutObjectAclCommand({ Bucket, Key: 'a', GrantRead }));
  expect((await client.send(new GetObjectAclCommand({ Bucket, Key: 'a' }))).Grants).toEqual([
    { Grantee: group, Permission: 'READ' },
    { Grantee: { Type: 'CanonicalUser', ID: Owner?.ID }, Permission: 'READ' },
  ]);
});

test.each([
  [{ GrantRead: 'id="wrong-id"' }, 'InvalidArgument', 'Invalid id'],
  [{ GrantRead: 'uri="http://acs.amazonaws.com/groups/s3/Fake"' }, 'InvalidArgument', 'Invalid group uri'],
  [{ GrantRead: 'fakekey="1234"' }, 'InvalidArgument', 'Argument format not recognized'],
  [
    { GrantRead: `uri="${ALL_USERS}"`, ACL: 'private' as const },
    'InvalidRequest',
    'Specifying both Canned ACLs and Header Grants is not allowed',
  ],
  [
    { AccessControlPolicy: { Grants: [] } },
    'MalformedACLError',
    'The XML you provided was not well-formed or did not validate against our published schema',
  ],
])('the grant %j is refused', async (grant, name, message) => {
  await using cloud = await testCloud();
  const client = await openBucket(cloud);
  await expect(client.send(new PutObjectAclCommand({ Bucket, Key: 'a', ...grant }))).rejects.toMatchObject({
    name,
    message,
  });
});

test('an object under a key of the customer is read with that key alone', async () => {
  await using cloud = await testCloud();
  const client = await openBucket(cloud);
  const key = (byte: string) => ({ SSECustomerAlgorithm: 'AES256', SSECustomerKey: byte.repeat(32) });
  await client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'secret', ...key('a') }));
  const read = await client.send(new GetObjectCommand({ Bucket, Key: 'k', ...key('a') }));
  expect(await read.Body?.transformToString()).toBe('secret');
  expect(read.SSECustomerAlgorithm).toBe('AES256');
  expect(read.ServerSideEncryption).toBeUndefined();
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'k' }))).rejects.toMatchObject({
    name: 'InvalidRequest',
    message:
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
  });
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'k', ...key('b') }))).rejects.toMatchObject({
    name: 'AccessDenied',
  });
});
