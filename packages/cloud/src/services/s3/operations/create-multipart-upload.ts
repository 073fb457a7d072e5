import { openBucket } from '../buckets/open-bucket.js';
import { parseAlgorithm } from '../objects/checksum.js';
import { describeObject } from '../objects/new-object.js';
import { encryptionOutput } from '../objects/object-headers.js';
import { withObjectKey } from '../objects/object-key.js';
import { writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { s3Operation } from '../service-state.js';
import { checksumTypeOf } from '../uploads/checksum-type.js';

export const createMultipartUpload = s3Operation({
  name: 'CreateMultipartUpload',
  parse: (input) => {
    const algorithm = parseAlgorithm(input.ChecksumAlgorithm);
    return { ...input, algorithm, type: checksumTypeOf(algorithm, input.ChecksumType) };
  },
  access: (row) => [writeAccess(row, false), writeTagsAccess(row)],
  handle: async (input, call, state) => {
    const { Bucket, Key, algorithm, type } = input;
    const bucket = await openBucket(input, call, state);
    const description = describeObject(input, bucket, state.now());
    const { uploadId, headers } = await state.uploads.begin({
      ...description,
      headers: await withObjectKey(description.headers, { key: Key, bucket, call, state }),
      bucket: Bucket,
      key: Key,
      initiated: state.now(),
      ...(algorithm && type && { checksumAlgorithm: algorithm, checksumType: type }),
    });
    return {
      Bucket,
      Key,
      UploadId: uploadId,
      ChecksumAlgorithm: algorithm,
      ChecksumType: type,
      ...encryptionOutput(headers),
    };
  },
});
