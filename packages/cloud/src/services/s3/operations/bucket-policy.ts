import { AwsError } from '../../../core/aws-error.js';
import { principalArn } from '../../../core/principal.js';
import { parsePolicy } from '../../../iam/index.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { bucketArn } from '../buckets/bucket-arn.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

export const getBucketPolicy = s3Operation({
  name: 'GetBucketPolicy',
  access: (row) => [bucketAccess(row, 'GetBucketPolicy')],
  handle: async (input, call, state) => {
    const { policy } = await openBucket(input, call, state);
    if (policy !== undefined) return { Policy: policy };
    throw new AwsError('NoSuchBucketPolicy', 'The bucket policy does not exist', 404, { BucketName: input.Bucket });
  },
});

/** @throws AwsError MalformedPolicy */
function checkPolicy(text: string): void {
  if (!text.trimStart().startsWith('{')) {
    throw new AwsError('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
  try {
    parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof AwsError) throw new AwsError('MalformedPolicy', error.message);
    throw error;
  }
}

/** True if a policy lets everybody in, under no condition ("The meaning of public", S3 User Guide). */
function isPublicPolicy(text: string): boolean {
  const { Statement = [] } = JSON.parse(text);
  return [Statement].flat().some(({ Effect, Principal, Condition }) => {
    const everybody = [Principal === '*' ? '*' : (Principal?.AWS ?? [])].flat().includes('*');
    return Effect === 'Allow' && everybody && Condition === undefined;
  });
}

export const putBucketPolicy = s3Operation({
  name: 'PutBucketPolicy',
  parse: (input) => {
    checkPolicy(input.Policy);
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketPolicy')],
  handle: async (input, call, state) => {
    const { Bucket, Policy } = input;
    const { settings } = await openBucket(input, call, state);
    if (settings.publicAccessBlock?.BlockPublicPolicy && isPublicPolicy(Policy)) {
      const action = `s3:PutBucketPolicy on resource: "${bucketArn(Bucket)}"`;
      const reason =
        'because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.';
      throw s3Error.accessDenied(
        `User: ${principalArn(call.principal)} is not authorized to perform: ${action} ${reason}`,
      );
    }
    await state.buckets.change(Bucket, call, (bucket) => ({ ...bucket, policy: Policy }));
    state.reviewPolicy({ name: `the policy of ${bucketArn(Bucket)}`, text: Policy, kind: 'resource' });
  },
});

export const deleteBucketPolicy = s3Operation({
  name: 'DeleteBucketPolicy',
  access: (row) => [bucketAccess(row, 'DeleteBucketPolicy')],
  handle: async (input, call, state) => {
    await openBucket(input, call, state);
    await state.buckets.change(input.Bucket, call, ({ policy: _policy, ...bucket }) => bucket);
  },
});
