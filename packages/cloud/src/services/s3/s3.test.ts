import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  RenameObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type ClientTarget, type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'bucket';

async function bucketClient(cloud: TestCloud, target: ClientTarget = {}): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig(target));
  const LocationConstraint = (target.region ?? 'eu-west-1') as 'eu-west-1';
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint } }));
  return client;
}

async function put(client: S3Client, ...keys: string[]): Promise<void> {
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: `body of ${Key}` }));
}

async function read(client: S3Client, Key: string, more: { Range?: string; VersionId?: string } = {}): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return (await Body?.transformToString()) ?? '';
}

test('an object that was put is read back with what was said about it', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const Key = 'a folder/ünïcode + (1)*.txt';
  await client.send(
    new PutObjectCommand({ Bucket, Key, Body: 'hello', ContentType: 'text/plain', Metadata: { who: 'me' } }),
  );
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(await answer.Body?.transformToString()).toBe('hello');
  expect(answer).toMatchObject({
    ContentType: 'text/plain',
    ContentLength: 5,
    ETag: '"5d41402abc4b2a76b9719d911017c592"',
    Metadata: { who: 'me' },
    ChecksumCRC32: 'NhCmhg==',
    LastModified: expect.any(Date),
    ServerSideEncryption: 'AES256',
  });
});

test('a streamed body is kept without its frames', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const body = randomBytes(300_000);
  const stream = Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]);
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: stream, ContentLength: body.length }));
  const { Body, ContentEncoding } = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
  expect(ContentEncoding).toBeUndefined();
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
});

test('a body that is not what its checksum says is refused', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const command = new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello', ChecksumSHA256: 'x'.repeat(43).concat('=') });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'BadDigest' });
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
  '%s is the checksum that clients compute',
  async (ChecksumAlgorithm) => {
    await using cloud = await testCloud();
    const client = await bucketClient(cloud);
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: randomBytes(1000), ChecksumAlgorithm }));
    // The client verifies the checksum of what it reads.
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a', ChecksumMode: 'ENABLED' }));
    expect((await Body?.transformToByteArray())?.length).toBe(1000);
  },
);

test('a missing key, a missing bucket and a missing version are told apart', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  await expect(read(client, 'none')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: 'none' }))).rejects.toMatchObject({ name: 'NotFound' });
  await expect(client.send(new GetObjectCommand({ Bucket: 'other', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
  // S3 knows the ids that it never gave.
  await expect(read(client, 'a', { VersionId: 'none' })).rejects.toMatchObject({
    name: 'InvalidArgument',
    message: 'Invalid version id specified',
  });
});

test.each([
  ['bytes=0-3', 'body'],
  ['bytes=5-', 'of a'],
  ['bytes=-1', 'a'],
])('the range %s is %s', async (Range, expected) => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  expect(await read(client, 'a', { Range })).toBe(expected);
});

test('a range behind the end is refused', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  await expect(read(client, 'a', { Range: 'bytes=100-' })).rejects.toMatchObject({ name: 'InvalidRange' });
});

test('conditions on reading are kept', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'a' }));
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'a', IfNoneMatch: ETag }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 304 },
  });
  await expect(client.send(new GetObjectCommand({ Bucket, Key: 'a', IfMatch: '"other"' }))).rejects.toMatchObject({
    name: 'PreconditionFailed',
  });
});

test('an object is created only once where that is asked for', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const command = () => new PutObjectCommand({ Bucket, Key: 'a', Body: 'x', IfNoneMatch: '*' });
  const results = await Promise.allSettled([1, 2, 3, 4].map(() => client.send(command())));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('keys are listed in order, in pages, below prefixes', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'b', 'a/1', 'a/2', 'a/x/1', 'a/x/2', 'ab', 'c & <d>');
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, ContinuationToken }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(keys).toEqual(['a/1', 'a/2', 'a/x/1', 'a/x/2', 'ab', 'b', 'c & <d>']);
  const level = await client.send(new ListObjectsV2Command({ Bucket, Prefix: 'a/', Delimiter: '/' }));
  expect(level.Contents?.map(({ Key }) => Key)).toEqual(['a/1', 'a/2']);
  expect(level.CommonPrefixes).toEqual([{ Prefix: 'a/x/' }]);
});

test('a page that ends with a common prefix goes on behind it', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a/1', 'a/2', 'b/1', 'c');
  const request = { Bucket, Delimiter: '/', MaxKeys: 1 };
  const first = await client.send(new ListObjectsV2Command(request));
  const second = await client.send(
    new ListObjectsV2Command({ ...request, ContinuationToken: first.NextContinuationToken }),
  );
  expect([first.CommonPrefixes, second.CommonPrefixes]).toEqual([[{ Prefix: 'a/' }], [{ Prefix: 'b/' }]]);
});

test('several objects are deleted at once', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a', 'b', 'c');
  const Delete = { Objects: [{ Key: 'a' }, { Key: 'c' }, { Key: 'none' }] };
  const { Deleted, Errors } = await client.send(new DeleteObjectsCommand({ Bucket, Delete }));
  expect(Deleted?.map(({ Key }) => Key)).toEqual(['a', 'c', 'none']);
  expect(Errors).toBeUndefined();
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['b']);
});

test('an object is copied, with its metadata or with new', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutObjectCommand({ Bucket, Key: 'a b', Body: 'x', Metadata: { m: '1' } }));
  const CopySource = encodeURI(`${Bucket}/a b`);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({ Metadata: { m: '1' } });
  await client.send(
    new CopyObjectCommand({ Bucket, Key: 'new', CopySource, MetadataDirective: 'REPLACE', Metadata: { n: '2' } }),
  );
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'new' }))).toMatchObject({ Metadata: { n: '2' } });
});

test('tags of an object are kept', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: '', Tagging: 'k=v' }));
  const target = { Bucket, Key: 'a' };
  expect((await client.send(new GetObjectTaggingCommand(target))).TagSet).toEqual([{ Key: 'k', Value: 'v' }]);
  const Tagging = { TagSet: [{ Key: 'l', Value: 'w = x' }] };
  await client.send(new PutObjectTaggingCommand({ ...target, Tagging }));
  expect((await client.send(new GetObjectTaggingCommand(target))).TagSet).toEqual(Tagging.TagSet);
});

test('thirty megabytes go up in parts and come back whole', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const body = randomBytes(30 * 1024 * 1024 + 17);
  const size = 8 * 1024 * 1024;
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key: 'big', ChecksumAlgorithm: 'SHA256', ContentType: 'x/y' }),
  );
  const target = { Bucket, Key: 'big', UploadId };
  const Parts = await Promise.all(
    [1, 2, 3, 4].map(async (PartNumber) => {
      const Body = body.subarray((PartNumber - 1) * size, PartNumber * size);
      const part = await client.send(
        new UploadPartCommand({ ...target, PartNumber, Body, ChecksumAlgorithm: 'SHA256' }),
      );
      return { PartNumber, ETag: part.ETag, ChecksumSHA256: part.ChecksumSHA256 };
    }),
  );
  expect((await client.send(new ListPartsCommand(target))).Parts?.map((part) => part.PartNumber)).toEqual([1, 2, 3, 4]);
  const done = await client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-4"$/);
  expect(done.ChecksumSHA256).toMatch(/-4$/);
  const { Body, ContentType } = await client.send(new GetObjectCommand({ Bucket, Key: 'big' }));
  expect(ContentType).toBe('x/y');
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
  expect(await read(client, 'big', { Range: `bytes=${size - 2}-${size + 1}` })).toBe(
    body.subarray(size - 2, size + 2).toString(),
  );
});

test('parts that are too small are refused, and an aborted upload leaves nothing', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
  const target = { Bucket, Key: 'a', UploadId };
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (const PartNumber of [1, 2]) {
    const { ETag } = await client.send(new UploadPartCommand({ ...target, PartNumber, Body: 'small' }));
    Parts.push({ PartNumber, ETag });
  }
  await expect(
    client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } })),
  ).rejects.toMatchObject({ name: 'EntityTooSmall' });
  await client.send(new AbortMultipartUploadCommand(target));
  await expect(client.send(new ListPartsCommand(target))).rejects.toMatchObject({ name: 'NoSuchUpload' });
  const left: string[] = [];
  for await (const [key] of cloud.context.store.root.range({ gt: 's3/body/', lt: 's3/body0' })) left.push(key);
  expect(left).toEqual([]);
});

test('a versioned bucket keeps what was overwritten and deleted', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  const versions: string[] = [];
  for (const Body of ['one', 'two']) {
    versions.push((await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body }))).VersionId ?? '');
  }
  expect(await read(client, 'a', { VersionId: versions[0] ?? '' })).toBe('one');
  const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  expect(marker.DeleteMarker).toBe(true);
  await expect(read(client, 'a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(listed.Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest])).toEqual([
    [versions[1], false],
    [versions[0], false],
  ]);
  expect(listed.DeleteMarkers?.map(({ IsLatest }) => IsLatest)).toEqual([true]);
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker.VersionId }));
  expect(await read(client, 'a')).toBe('two');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: versions[1] }));
  expect(await read(client, 'a')).toBe('one');
});

test('versions are listed in pages', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await put(client, 'a', 'a', 'a', 'b', 'b');
  const seen: unknown[] = [];
  let marker: { KeyMarker?: string; VersionIdMarker?: string } | undefined = {};
  while (marker) {
    const page: {
      Versions?: { Key?: string; VersionId?: string }[];
      IsTruncated?: boolean;
      NextKeyMarker?: string;
      NextVersionIdMarker?: string;
    } = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, ...marker }));
    seen.push(...(page.Versions ?? []).map(({ Key, VersionId }) => `${Key} ${VersionId}`));
    marker = page.IsTruncated
      ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker }
      : undefined;
  }
  expect(seen.map((one) => String(one)[0])).toEqual(['a', 'a', 'a', 'b', 'b']);
  expect(new Set(seen).size).toBe(5);
});

test('a bucket belongs to an account and a region', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-west-1');
  const elsewhere = new S3Client(cloud.clientConfig({ region: 'us-east-1' }));
  await expect(read(elsewhere, 'a')).rejects.toMatchObject({ name: 'PermanentRedirect' });
  const other = new S3Client(cloud.clientConfig({ account: '111111111111' }));
  await expect(read(other, 'a')).rejects.toMatchObject({ name: 'AccessDenied' });
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await expect(other.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }))).rejects.toMatchObject({
    name: 'BucketAlreadyExists',
  });
  expect((await client.send(new ListBucketsCommand({}))).Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  expect((await other.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
});

test('us-east-1 has no location constraint', async () => {
  await using cloud = await testCloud();
  const client = new S3Client(cloud.clientConfig({ region: 'us-east-1' }));
  await client.send(new CreateBucketCommand({ Bucket }));
  expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
});

test('a bucket is deleted only when it is empty', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await client.send(new DeleteBucketCommand({ Bucket }));
  await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotFound' });
});

test('a bucket is encrypted from the start', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { ServerSideEncryptionConfiguration } = await client.send(new GetBucketEncryptionCommand({ Bucket }));
  expect(ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe(
    'AES256',
  );
});

test('the policy of a bucket lets another account in', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  const statement = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111111111111:root' },
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  expect((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  const other = new S3Client(cloud.clientConfig({ account: '111111111111' }));
  expect(await read(other, 'a')).toBe('body of a');
});

test('the policy of a bucket denies its own account', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await put(client, 'a');
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(read(client, 'a')).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('the root of a bucket’s account can take back a policy that locks everybody out', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const statement = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(put(client, 'a')).rejects.toMatchObject({ name: 'AccessDenied' });
  expect((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await client.send(new DeleteBucketPolicyCommand({ Bucket }));
  await put(client, 'a');
});

test('a bucket’s policy sees with which encryption an object is written', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const Condition = { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } };
  const statement = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutObject',
    Resource: `arn:aws:s3:::${Bucket}/*`,
    Condition,
  };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await client.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await expect(put(client, 'a')).rejects.toMatchObject({ name: 'AccessDenied' });
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a', ServerSideEncryption: 'AES256' }));
});

test('what this S3 has not is refused by name', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const command = new RenameObjectCommand({ Bucket, Key: 'a', RenameSource: 'b' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'NotImplemented',
    message: 'The local cloud does not have the operation RenameObject of s3',
  });
});
