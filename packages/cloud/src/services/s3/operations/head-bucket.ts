import { bucketAccess } from '../buckets/bucket-access.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import { openBucket } from '../buckets/open-bucket.js';
import { NO_LISTING } from '../listing/list-access.js';
import { s3Operation } from '../service-state.js';

export const headBucket = s3Operation({
  name: 'HeadBucket',
  access: (row) => [bucketAccess(row, 'ListBucket', NO_LISTING)],
  handle: async (input, call, state) => {
    const { name, region } = await openBucket(input, call, state);
    return { BucketArn: bucketArn(name), BucketRegion: region, AccessPointAlias: false };
  },
});
