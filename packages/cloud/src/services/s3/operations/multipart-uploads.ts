import { bucketAccess, objectAccess } from '../bucket-access.js';
import { readBucketInput, readObjectInput } from '../bucket-input.js';
import { checksumMember } from '../objects/checksum.js';
import { keyEncoder } from '../objects/list-page.js';
import { quoted } from '../objects/object-headers.js';
import type { UploadRecord } from '../objects/upload-store.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

const PAGE = 1000;

function parse(raw: unknown) {
  const input = readObjectInput(raw);
  return { ...input, uploadId: input.members.neededText('UploadId') };
}

export const abortMultipartUpload = s3Operation(
  {
    method: 'DELETE',
    target: 'object',
    when: ['uploadId'],
    query: { uploadId: 'UploadId' },
    output: { status: 204 },
  },
  {
    name: 'AbortMultipartUpload',
    parse,
    access: (row) => [objectAccess(row, 's3:AbortMultipartUpload')],
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      return state.uploads.serial(input.uploadId, async () => {
        const upload = await state.uploads.get(input.bucket, input.key, input.uploadId);
        if (!upload) throw s3Error.noSuchUpload(input.uploadId);
        await state.objects.write(await state.uploads.end(upload, new Set()));
        return {};
      });
    },
  },
);

export const listParts = s3Operation(
  {
    method: 'GET',
    target: 'object',
    when: ['uploadId'],
    query: { uploadId: 'UploadId', 'max-parts': 'MaxParts', 'part-number-marker': 'PartNumberMarker' },
    output: { element: 'ListPartsResult' },
  },
  {
    name: 'ListParts',
    parse: (raw) => {
      const input = parse(raw);
      return {
        ...input,
        size: Math.min(input.members.integer('MaxParts') ?? PAGE, PAGE),
        after: input.members.integer('PartNumberMarker') ?? 0,
      };
    },
    access: (row) => [objectAccess(row, 's3:ListMultipartUploadParts')],
    handle: async (input, call, state) => {
      const { account } = await openBucket(input, call, state);
      const upload = await state.uploads.get(input.bucket, input.key, input.uploadId);
      if (!upload) throw s3Error.noSuchUpload(input.uploadId);
      const rest = (await state.uploads.parts(upload)).filter(({ number }) => number > input.after);
      const page = rest.slice(0, input.size);
      return {
        Bucket: input.bucket,
        Key: input.key,
        UploadId: input.uploadId,
        Owner: { ID: account },
        Initiator: { ID: account },
        StorageClass: upload.headers.StorageClass ?? 'STANDARD',
        PartNumberMarker: input.after,
        MaxParts: input.size,
        IsTruncated: rest.length > page.length,
        NextPartNumberMarker: page.at(-1)?.number,
        ChecksumAlgorithm: upload.checksumAlgorithm,
        ChecksumType: upload.checksumType,
        Part: page.map(({ number, etag, segment, modified, checksum }) => ({
          PartNumber: number,
          LastModified: new Date(modified),
          ETag: quoted(etag),
          Size: segment.size,
          ...(checksum && { [checksumMember(checksum.algorithm)]: checksum.value }),
        })),
      };
    },
  },
);

export const listMultipartUploads = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    when: ['uploads'],
    query: { prefix: 'Prefix', 'max-uploads': 'MaxUploads', 'encoding-type': 'EncodingType', delimiter: 'Delimiter' },
    output: { element: 'ListMultipartUploadsResult' },
  },
  {
    name: 'ListMultipartUploads',
    parse: (raw) => {
      const input = readBucketInput(raw);
      const { members } = input;
      if (members.text('Delimiter')) throw s3Error.notImplemented('the delimiter of ListMultipartUploads');
      return {
        ...input,
        prefix: members.text('Prefix') ?? '',
        encodingType: members.text('EncodingType'),
        encode: keyEncoder(members.text('EncodingType')),
      };
    },
    access: (row) => [bucketAccess(row, 's3:ListBucketMultipartUploads')],
    handle: async (input, call, state) => {
      const { account } = await openBucket(input, call, state);
      const uploads: UploadRecord[] = [];
      for await (const upload of state.uploads.list(input.bucket)) {
        if (upload.key.startsWith(input.prefix)) uploads.push(upload);
      }
      uploads.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.initiated - b.initiated));
      return {
        Bucket: input.bucket,
        Prefix: input.encode(input.prefix),
        EncodingType: input.encodingType,
        MaxUploads: PAGE,
        IsTruncated: false,
        Upload: uploads.map(({ key, uploadId, initiated, headers }) => ({
          Key: input.encode(key),
          UploadId: uploadId,
          Initiated: new Date(initiated),
          StorageClass: headers.StorageClass ?? 'STANDARD',
          Owner: { ID: account },
          Initiator: { ID: account },
        })),
      };
    },
  },
);
