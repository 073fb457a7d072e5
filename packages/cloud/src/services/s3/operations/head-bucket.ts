import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { NO_LISTING } from '../objects/list-input.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';

export const headBucket = s3Operation(
  { method: 'HEAD', target: 'bucket', output: { headers: { BucketRegion: 'x-amz-bucket-region' } } },
  {
    name: 'HeadBucket',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:ListBucket', NO_LISTING)],
    handle: async (input, call, state) => ({ BucketRegion: (await openBucket(input, call, state)).region }),
  },
);
