import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { type BucketSettings, bucketSettings } from './bucket-settings.js';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface BucketProperties extends Properties {
  readonly BucketName?: string;
  readonly Tags?: readonly Tag[];
}

/** Marks a bucket as a stack's own, so that a create that was cut off finds it again. */
const STACK_TAG = 'aws:cloudformation:stack-id';
const LOGICAL_ID_TAG = 'aws:cloudformation:logical-id';
const MAX_NAME = 63;

function tagsOf({ Tags = [] }: BucketProperties, { stackTags, stackId, logicalId }: ResourceContext): readonly Tag[] {
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  const tags = { ...stackTags, ...own, [STACK_TAG]: stackId, [LOGICAL_ID_TAG]: logicalId };
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value: String(Value) }));
}

function nameOf(properties: BucketProperties, { stackName, logicalId }: ResourceContext): string {
  if (properties.BucketName !== undefined) return properties.BucketName;
  const ending = `-${randomId.lower(12)}`;
  const stem = `${stackName}-${logicalId}`.toLowerCase().slice(0, MAX_NAME - ending.length);
  return stem.replace(/-+$/, '') + ending;
}

async function isOwn(id: string, { call, stackId, logicalId }: ResourceContext): Promise<boolean> {
  const tagging = await call('s3', 'GetBucketTagging', { Bucket: id });
  const tags: readonly Tag[] = [tagging.TagSet?.Tag ?? []].flat();
  const value = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
  return value(STACK_TAG) === stackId && value(LOGICAL_ID_TAG) === logicalId;
}

async function apply(id: string, settings: BucketSettings, previous: BucketSettings, { call }: ResourceContext) {
  const names = new Set([...Object.keys(previous.puts), ...Object.keys(settings.puts)]);
  for (const name of names) {
    const put = settings.puts[name];
    const before = previous.puts[name];
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

const NO_SETTINGS: BucketSettings = { puts: {} };

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
  newId: nameOf,
  create: async (id, properties, context) => {
    const settings = bucketSettings(properties);
    const { region } = context;
    try {
      await context.call('s3', 'CreateBucket', {
        Bucket: id,
        CreateBucketConfiguration: {
          ...(region !== 'us-east-1' && { LocationConstraint: region }),
          Tags: tagsOf(properties, context),
        },
      });
    } catch (error) {
      const exists = error instanceof AwsError && error.code === 'BucketAlreadyOwnedByYou';
      if (!exists || !(await isOwn(id, context))) throw error;
    }
    await apply(id, settings, NO_SETTINGS, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const tags = { TagSet: { Tag: tagsOf(properties, context) } };
    await context.call('s3', 'PutBucketTagging', { Bucket: id, Tagging: tags });
    await apply(id, bucketSettings(properties), bucketSettings(previous), context);
    return stateOf(id, context);
  },
  delete: async (id, _properties, { call }) => {
    try {
      await call('s3', 'DeleteBucket', { Bucket: id });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'NoSuchBucket') throw error;
    }
  },
};
