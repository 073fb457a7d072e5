import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';

export const headBucket = s3Operation(
  { method: 'HEAD', target: 'bucket', output: { headers: { BucketRegion: 'x-amz-bucket-region' } } },
  {
    name: 'HeadBucket',
    parse: readBucketInput,
    access: ({ bucket }, _call, state) => bucketAccess('s3:ListBucket', bucket, state),
    handle: async (input, call, state) => ({ BucketRegion: (await openBucket(input, call, state)).region }),
  },
);
