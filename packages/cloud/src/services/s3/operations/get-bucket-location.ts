import type { Output } from '../../../model/client-types.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

type Location = NonNullable<Output<'s3', 'GetBucketLocation'>['LocationConstraint']>;

/** Answered from every region: it is how clients find a bucket's. us-east-1 is the empty text. */
export const getBucketLocation = s3Operation({
  name: 'GetBucketLocation',
  access: (row) => [bucketAccess(row, 'GetBucketLocation')],
  handle: async ({ Bucket }, _call, { buckets }) => {
    const bucket = await buckets.find(Bucket);
    if (!bucket) throw s3Error.noSuchBucket(Bucket);
    const { region, location = region } = bucket;
    return { LocationConstraint: region === 'us-east-1' ? undefined : (location as Location) };
  },
});
