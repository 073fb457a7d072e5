import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { expect, test } from 'vitest';
import { type TestCloud, testCloud } from '../../testing/test-cloud.js';

const Bucket = 'bucket';
const Key = 'a';

async function bucketClient(cloud: TestCloud): Promise<S3Client> {
  const client = new S3Client(cloud.clientConfig());
  const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' } as const;
  await client.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  return client;
}

type Begun = Partial<ConstructorParameters<typeof CreateMultipartUploadCommand>[0]>;

/** An upload that was begun, with its one part. */
async function begin(client: S3Client, more: Begun = {}) {
  const begun = await client.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const target = { Bucket, Key, UploadId: begun.UploadId };
  const { ChecksumAlgorithm } = more;
  const part = await client.send(new UploadPartCommand({ ...target, PartNumber: 1, Body: 'body', ChecksumAlgorithm }));
  return { begun, part, target, Parts: [{ PartNumber: 1, ETag: part.ETag }] };
}

test('every answer of an upload in parts tells its encryption', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { begun, part, target, Parts } = await begin(client);
  const done = await client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
  for (const answer of [begun, part, done]) expect(answer.ServerSideEncryption).toBe('AES256');
  expect(done).toMatchObject({ ChecksumType: 'FULL_OBJECT', ChecksumCRC64NVME: expect.any(String) });
});

test('lists of uploads and parts have markers and say who began them', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { target } = await begin(client);
  const initiator = { ID: expect.stringMatching(/^[0-9a-f]{64}$/), DisplayName: expect.any(String) };
  const uploads = await client.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(uploads).toMatchObject({
    KeyMarker: '',
    UploadIdMarker: '',
    NextKeyMarker: Key,
    NextUploadIdMarker: target.UploadId,
    Uploads: [{ Initiator: initiator, Owner: { ID: initiator.ID } }],
  });
  const parts = await client.send(new ListPartsCommand(target));
  expect(parts).toMatchObject({ PartNumberMarker: '0', NextPartNumberMarker: '1', Initiator: initiator });
  expect(parts.Parts?.[0]?.LastModified?.getMilliseconds()).toBe(0);
  // A part's checksum is listed where the upload has an algorithm.
  expect(Object.keys(parts.Parts?.[0] ?? {})).not.toContain('ChecksumCRC32');
});

test('uploads are listed in pages and below prefixes', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  for (const key of ['a/1', 'a/2', 'b']) {
    await client.send(new CreateMultipartUploadCommand({ Bucket, Key: key }));
  }
  const first = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', MaxUploads: 1 }));
  expect(first).toMatchObject({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'a/' }], NextKeyMarker: 'a/' });
  const KeyMarker = first.NextKeyMarker;
  const second = await client.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/', KeyMarker }));
  expect(second.Uploads?.map((upload) => upload.Key)).toEqual(['b']);
});

test.each([
  [
    'the parts have no checksums',
    { ChecksumAlgorithm: 'SHA256' },
    {},
    'The upload was created using a sha256 checksum. The complete request must include the checksum for each part. It was missing for part 1 in the request.',
  ],
  [
    'it names another type of checksum',
    { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' },
    { ChecksumType: 'COMPOSITE' },
    'The upload was created using the FULL_OBJECT checksum mode. The complete request must use the same checksum mode.',
  ],
  [
    'the object has another size',
    {},
    { MpuObjectSize: 5 },
    "The provided 'x-amz-mp-object-size' header value 5 does not match what was computed: 4",
  ],
] as const)('an upload is not completed where %s', async (_what, begun, completed, message) => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { target, Parts } = await begin(client, begun);
  const command = new CompleteMultipartUploadCommand({ ...target, ...completed, MultipartUpload: { Parts } });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidRequest', message });
});

test('a part that is not there is named', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { target } = await begin(client);
  const Parts = [{ PartNumber: 1, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' }];
  const command = new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'InvalidPart',
    PartNumber: '1',
    ETag: 'd41d8cd98f00b204e9800998ecf8427e',
    UploadId: target.UploadId,
  });
});

test('a part with another kind of checksum than its upload is refused', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { target } = await begin(client, { ChecksumAlgorithm: 'CRC32C', ChecksumType: 'FULL_OBJECT' });
  const command = new UploadPartCommand({ ...target, PartNumber: 2, Body: 'x', ChecksumAlgorithm: 'CRC32' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'InvalidRequest',
    message: 'Checksum Type mismatch occurred, expected checksum Type: crc32c, actual checksum Type: crc32',
  });
});

test('what was written or deleted during an upload is a conflict for its condition', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  await client.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
  const { target, Parts } = await begin(client);
  await client.send(new DeleteObjectCommand({ Bucket, Key }));
  const command = new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts }, IfNoneMatch: '*' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'ConditionalRequestConflict',
    $metadata: { httpStatusCode: 409 },
  });
});

test('the attributes of an object tell its parts where each has a checksum', async () => {
  await using cloud = await testCloud();
  const client = await bucketClient(cloud);
  const { target, part } = await begin(client, { ChecksumAlgorithm: 'SHA256' });
  const Parts = [{ PartNumber: 1, ETag: part.ETag, ChecksumSHA256: part.ChecksumSHA256 }];
  const done = await client.send(new CompleteMultipartUploadCommand({ ...target, MultipartUpload: { Parts } }));
  const attributes = await client.send(
    new GetObjectAttributesCommand({
      Bucket,
      Key,
      ObjectAttributes: ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'],
    }),
  );
  expect(attributes).toMatchObject({
    ETag: done.ETag?.replaceAll('"', ''),
    Checksum: { ChecksumSHA256: done.ChecksumSHA256?.replace('-1', ''), ChecksumType: 'COMPOSITE' },
    ObjectParts: { TotalPartsCount: 1, Parts: [{ PartNumber: 1, Size: 4, ChecksumSHA256: part.ChecksumSHA256 }] },
    StorageClass: 'STANDARD',
    ObjectSize: 4,
  });
  const read = await client.send(new GetObjectCommand({ Bucket, Key, PartNumber: 1, ChecksumMode: 'ENABLED' }));
  expect(read).toMatchObject({ PartsCount: 1, ContentRange: 'bytes 0-3/4', ChecksumSHA256: part.ChecksumSHA256 });
});
