import { AwsError } from '../../../core/aws-error.js';
import { parsePolicy } from '../../../iam/index.js';
import { bucketAccess, bucketArn } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { openBucket } from '../open-bucket.js';
import { s3Operation } from '../wire/s3-binding.js';

export const getBucketPolicy = s3Operation(
  {
    method: 'GET',
    target: 'bucket',
    when: ['policy'],
    output: { payload: 'Policy', headers: { ContentType: 'content-type' } },
  },
  {
    name: 'GetBucketPolicy',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:GetBucketPolicy')],
    handle: async (input, call, state) => {
      const { policy } = await openBucket(input, call, state);
      if (policy === undefined) {
        throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: input.bucket });
      }
      return { Policy: policy, ContentType: 'application/json' };
    },
  },
);

export const putBucketPolicy = s3Operation(
  { method: 'PUT', target: 'bucket', when: ['policy'], bytes: 'Policy', output: { status: 204 } },
  {
    name: 'PutBucketPolicy',
    parse: (raw) => {
      const input = readBucketInput(raw);
      const policy = Buffer.from(input.members.bytes('Policy') ?? '').toString();
      try {
        parsePolicy(policy, 'resource');
      } catch (error) {
        if (error instanceof AwsError) throw new AwsError('MalformedPolicy', error.message);
        throw error;
      }
      return { ...input, policy };
    },
    access: (row) => [bucketAccess(row, 's3:PutBucketPolicy')],
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      await state.buckets.change(input.bucket, call, (bucket) => ({ ...bucket, policy: input.policy }));
      state.reviewPolicy({ name: `the policy of ${bucketArn(input.bucket)}`, text: input.policy, kind: 'resource' });
      return {};
    },
  },
);

export const deleteBucketPolicy = s3Operation(
  { method: 'DELETE', target: 'bucket', when: ['policy'], output: { status: 204 } },
  {
    name: 'DeleteBucketPolicy',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:DeleteBucketPolicy')],
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      await state.buckets.change(input.bucket, call, ({ policy: _policy, ...bucket }) => bucket);
      return {};
    },
  },
);
