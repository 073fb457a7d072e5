import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

/** Answered from every region: it is how clients find a bucket's. us-east-1 is the empty text. */
export const getBucketLocation = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    when: ['location'],
    output: { payload: 'Xml', headers: { ContentType: 'content-type' } },
  },
  {
    name: 'GetBucketLocation',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:GetBucketLocation')],
    handle: async ({ bucket }, _call, { buckets }) => {
      const record = await buckets.find(bucket);
      if (!record) throw s3Error.noSuchBucket(bucket);
      const text = record.region === 'us-east-1' ? '' : record.region;
      return {
        LocationConstraint: text,
        ContentType: 'application/xml',
        Xml: `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${text}</LocationConstraint>`,
      };
    },
  },
);
