import { AwsError } from '../../../core/aws-error.js';
import { parsePolicy } from '../../../iam/index.js';
import { bucketAccess } from '../bucket-access.js';
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
    access: ({ bucket }, _call, state) => bucketAccess('s3:GetBucketPolicy', bucket, state),
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
    access: ({ bucket }, _call, state) => bucketAccess('s3:PutBucketPolicy', bucket, state),
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      await state.buckets.change(input.bucket, call, (bucket) => ({ ...bucket, policy: input.policy }));
      return {};
    },
  },
);

export const deleteBucketPolicy = s3Operation(
  { method: 'DELETE', target: 'bucket', when: ['policy'], output: { status: 204 } },
  {
    name: 'DeleteBucketPolicy',
    parse: readBucketInput,
    access: ({ bucket }, _call, state) => bucketAccess('s3:DeleteBucketPolicy', bucket, state),
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      await state.buckets.change(input.bucket, call, ({ policy: _policy, ...bucket }) => bucket);
      return {};
    },
  },
);
