import { anything } from '../../../core/access.js';
import { membersOf } from '../../../core/members.js';
import { requestKeys } from '../bucket-access.js';
import type { BucketRecord } from '../bucket-store.js';
import { s3Operation } from '../wire/s3-binding.js';

const PAGE = 10_000;

export const listBuckets = s3Operation(
  {
    method: 'GET',
    target: 'service',
    query: {
      prefix: 'Prefix',
      'max-buckets': 'MaxBuckets',
      'continuation-token': 'ContinuationToken',
      'bucket-region': 'BucketRegion',
    },
    output: { element: 'ListAllMyBucketsResult' },
  },
  {
    name: 'ListBuckets',
    parse: (raw) => {
      const members = membersOf(raw);
      return {
        prefix: members.text('Prefix') ?? '',
        size: members.integer('MaxBuckets') ?? PAGE,
        after: members.text('ContinuationToken') ?? '',
        region: members.text('BucketRegion'),
      };
    },
    access: (row) => [row({ action: 's3:ListAllMyBuckets', on: anything, keys: requestKeys })],
    handle: async ({ prefix, size, after, region }, { account }, { buckets }) => {
      const found: BucketRecord[] = [];
      for await (const bucket of buckets.all()) {
        const asked = region === undefined || bucket.region === region;
        if (bucket.account === account && asked && bucket.name.startsWith(prefix) && bucket.name > after)
          found.push(bucket);
      }
      const page = found.slice(0, size);
      return {
        Owner: { ID: account },
        Buckets: {
          Bucket: page.map(({ name, created, region }) => ({
            Name: name,
            CreationDate: new Date(created),
            BucketRegion: region,
          })),
        },
        ...(found.length > page.length && { ContinuationToken: page.at(-1)?.name }),
      };
    },
  },
);
