import { readObjectInput } from '../bucket-input.js';
import { parseAlgorithm } from '../objects/checksum.js';
import { OBJECT_HEADERS, readMetadata, readObjectHeaders, readTagging } from '../objects/object-headers.js';
import { WRITE_ACCESS_HEADERS, writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';
import { withBucketEncryption } from './put-object.js';

export const createMultipartUpload = s3Operation(
  {
    method: 'POST',
    target: 'object',
    when: ['uploads'],
    headers: {
      ...OBJECT_HEADERS,
      ...WRITE_ACCESS_HEADERS,
      'x-amz-tagging': 'Tagging',
      'x-amz-checksum-algorithm': 'ChecksumAlgorithm',
      'x-amz-checksum-type': 'ChecksumType',
    },
    metadata: true,
    output: {
      headers: { ChecksumAlgorithm: 'x-amz-checksum-algorithm', ChecksumType: 'x-amz-checksum-type' },
      element: 'InitiateMultipartUploadResult',
    },
  },
  {
    name: 'CreateMultipartUpload',
    parse: (raw) => {
      const input = readObjectInput(raw);
      const { members } = input;
      const algorithm = parseAlgorithm(members.text('ChecksumAlgorithm'));
      const full = members.text('ChecksumType') === 'FULL_OBJECT' || algorithm === 'CRC64NVME';
      return {
        ...input,
        headers: readObjectHeaders(members),
        metadata: readMetadata(members),
        tags: readTagging(members.text('Tagging')),
        algorithm,
        checksumType: full ? ('FULL_OBJECT' as const) : ('COMPOSITE' as const),
      };
    },
    access: (row) => [writeAccess(row, false), writeTagsAccess(row)],
    handle: async (input, call, state) => {
      const bucket = await openBucket(input, call, state);
      const { uploadId } = await state.uploads.begin({
        bucket: input.bucket,
        key: input.key,
        initiated: state.now(),
        headers: withBucketEncryption(input.headers, bucket),
        metadata: input.metadata,
        tags: input.tags,
        ...(input.algorithm && { checksumAlgorithm: input.algorithm, checksumType: input.checksumType }),
      });
      return {
        Bucket: input.bucket,
        Key: input.key,
        UploadId: uploadId,
        ...(input.algorithm && { ChecksumAlgorithm: input.algorithm, ChecksumType: input.checksumType }),
      };
    },
  },
);
