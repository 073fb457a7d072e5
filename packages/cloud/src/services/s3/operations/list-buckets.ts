import { anything } from '../../../core/access.js';
import { pageOf } from '../../../kit/page.js';
import { requestKeys } from '../buckets/bucket-access.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { isRegion } from '../buckets/region.js';
import { wholeSeconds } from '../objects/object-time.js';
import { ownerOf } from '../owner.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const PAGE = 10_000;

export const listBuckets = s3Operation({
  name: 'ListBuckets',
  parse: (input) => {
    const { BucketRegion: region } = input;
    if (region !== undefined && !isRegion(region)) {
      throw s3Error.invalidArgument(`Argument value ${region} is not a valid AWS Region`, 'bucket-region');
    }
    return input;
  },
  access: (row) => [row({ action: 's3:ListAllMyBuckets', on: anything, keys: requestKeys })],
  handle: async ({ Prefix, MaxBuckets, ContinuationToken, BucketRegion }, { account }, { buckets }) => {
    const found: BucketRecord[] = [];
    for await (const bucket of buckets.all()) {
      const asked = BucketRegion === undefined || bucket.region === BucketRegion;
      if (bucket.account === account && asked && bucket.name.startsWith(Prefix ?? '')) found.push(bucket);
    }
    const { items, next } = pageOf(found, {
      keyOf: ({ name }) => name,
      limit: MaxBuckets ?? PAGE,
      token: ContinuationToken || undefined,
      of: ['ListBuckets', Prefix, BucketRegion],
      refuse: () => s3Error.invalidArgument('The continuation token provided is incorrect', 'continuation-token'),
    });
    return {
      Owner: ownerOf(account),
      Buckets: items.map(({ name, created, region }) => ({
        Name: name,
        CreationDate: wholeSeconds(created),
        // Without one of its parameters the operation answers as it did before it had any.
        BucketRegion: region,
        BucketArn: bucketArn(name),
      })),
      Prefix,
      ContinuationToken: next,
    };
  },
});
