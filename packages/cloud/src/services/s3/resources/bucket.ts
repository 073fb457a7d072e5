import { failedWith } from '../../../core/aws-failure.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { type BucketSettingCalls, bucketSettingCalls } from './bucket-settings.js';

interface BucketProperties extends Properties {
  readonly BucketName?: string;
  readonly Tags?: TagList;
}

const LONGEST_NAME = 63;

function newName({ BucketName }: BucketProperties, { stackName, logicalId }: ResourceContext): string {
  if (BucketName !== undefined) return BucketName;
  const ending = `-${randomId.lower(12)}`;
  const stem = `${stackName}-${logicalId}`.toLowerCase().slice(0, LONGEST_NAME - ending.length);
  return stem.replace(/-+$/, '') + ending;
}

/** Object lock itself is part of the creation. */
function callsOf({
  BucketName: _name,
  Tags: _tags,
  ObjectLockEnabled: _lock,
  ...properties
}: BucketProperties): BucketSettingCalls {
  return bucketSettingCalls(properties);
}

async function apply(id: string, wanted: BucketSettingCalls, previous: BucketSettingCalls, { call }: ResourceContext) {
  for (const name of new Set([...Object.keys(previous), ...Object.keys(wanted)])) {
    const { [name]: put } = wanted;
    const { [name]: before } = previous;
    if (put) {
      if (JSON.stringify(put.input) !== JSON.stringify(before?.input)) {
        await call('s3', put.operation, { Bucket: id, ...put.input });
      }
    } else if (before?.undo) {
      await call('s3', before.undo.operation, { Bucket: id, ...before.undo.input });
    }
  }
}

function stateOf(id: string, { region }: ResourceContext): ResourceState {
  return {
    attributes: {
      Arn: `arn:aws:s3:::${id}`,
      DomainName: `${id}.s3.amazonaws.com`,
      DualStackDomainName: `${id}.s3.dualstack.${region}.amazonaws.com`,
      RegionalDomainName: `${id}.s3.${region}.amazonaws.com`,
      WebsiteURL: `http://${id}.s3-website-${region}.amazonaws.com`,
    },
  };
}

/** AWS::S3::Bucket */
export const bucketResource: ResourceType<BucketProperties> = {
  type: 'AWS::S3::Bucket',
  refuses: [
    {
      path: 'AccessControl',
      when: (value) => value !== 'Private' && value !== 'BucketOwnerFullControl',
      values: 'all lists but Private and BucketOwnerFullControl',
      why: 'access control lists do not count here; use a bucket policy',
    },
  ],
  newId: newName,
  create: async (id, properties, context) => {
    const settings = callsOf(properties);
    const { region, call } = context;
    const tags = stackTags(properties.Tags, context);
    const ObjectLockEnabledForBucket = String(properties.ObjectLockEnabled) === 'true';
    const CreateBucketConfiguration = {
      LocationConstraint: region === 'us-east-1' ? undefined : region,
      Tags: toTagList(tags),
    };
    try {
      await call('s3', 'CreateBucket', { Bucket: id, CreateBucketConfiguration, ObjectLockEnabledForBucket }, id);
    } catch (error) {
      if (!failedWith(error, 'BucketAlreadyOwnedByYou')) throw error;
      // A create that was cut off is taken up; anybody else's bucket is not.
      const { TagSet } = await call('s3', 'GetBucketTagging', { Bucket: id });
      if (!isOwn(fromTagList(TagSet), tags)) throw error;
    }
    await apply(id, settings, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const TagSet = toTagList(stackTags(properties.Tags, context));
    await context.call('s3', 'PutBucketTagging', { Bucket: id, Tagging: { TagSet } }, id);
    await apply(id, callsOf(properties), callsOf(previous), context);
    return stateOf(id, context);
  },
  delete: async (id, _properties, { call }) => {
    try {
      await call('s3', 'DeleteBucket', { Bucket: id });
    } catch (error) {
      if (!failedWith(error, 'NoSuchBucket')) throw error;
    }
  },
};
