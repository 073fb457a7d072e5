import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';

interface BucketPolicyProperties extends Properties {
  readonly Bucket: string;
  readonly PolicyDocument: unknown;
}

async function put(
  { Bucket, PolicyDocument }: BucketPolicyProperties,
  { call }: ResourceContext,
): Promise<ResourceState> {
  const Policy = typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
  await call('s3', 'PutBucketPolicy', { Bucket, Policy });
  return {};
}

/** AWS::S3::BucketPolicy. Its physical id is the bucket's name. */
export const bucketPolicyResource: ResourceType<BucketPolicyProperties> = {
  type: 'AWS::S3::BucketPolicy',
  newId: ({ Bucket }) => Bucket,
  create: (_id, properties, context) => put(properties, context),
  update: (_id, properties, _previous, context) => put(properties, context),
  delete: async (id, _properties, { call }) => {
    try {
      await call('s3', 'DeleteBucketPolicy', { Bucket: id });
    } catch (error) {
      if (!failedWith(error, 'NoSuchBucket')) throw error;
    }
  },
};
