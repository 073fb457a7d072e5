import { AwsError } from '../../../core/aws-error.js';
import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { groupArn } from '../log-arn.js';

interface LogGroupProperties extends Properties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number | string;
  readonly LogGroupClass?: string;
  readonly KmsKeyId?: string;
  readonly Tags?: TagList;
}

const SUPPORTED = ['LogGroupName', 'RetentionInDays', 'LogGroupClass', 'KmsKeyId', 'Tags', 'DeletionProtectionEnabled'];

function refuseUnsupported(properties: LogGroupProperties): void {
  const unknown = Object.keys(properties).filter((name) => !SUPPORTED.includes(name));
  if (unknown.length > 0 || String(properties.DeletionProtectionEnabled ?? 'false') !== 'false') {
    const names = unknown.length > 0 ? unknown.join(', ') : 'DeletionProtectionEnabled';
    throw new AwsError('InvalidRequest', `The local cloud does not support ${names} of AWS::Logs::LogGroup`, 400);
  }
}

async function setRetention(name: string, days: number | string | undefined, context: ResourceContext): Promise<void> {
  if (days === undefined) await context.call('logs', 'DeleteRetentionPolicy', { logGroupName: name });
  else await context.call('logs', 'PutRetentionPolicy', { logGroupName: name, retentionInDays: Number(days) });
}

async function setKey(logGroupName: string, kmsKeyId: string | undefined, { call }: ResourceContext): Promise<void> {
  if (kmsKeyId === undefined) await call('logs', 'DisassociateKmsKey', { logGroupName });
  else await call('logs', 'AssociateKmsKey', { logGroupName, kmsKeyId });
}

const state = (name: string, context: ResourceContext) => ({ attributes: { Arn: `${groupArn(context, name)}:*` } });

export const logGroup: ResourceType<LogGroupProperties> = {
  type: 'AWS::Logs::LogGroup',
  nameProperty: 'LogGroupName',
  maxNameLength: 512,
  create: async (name, properties, context) => {
    refuseUnsupported(properties);
    const tags = stackTags(properties.Tags, context);
    const { LogGroupClass: logGroupClass, KmsKeyId: kmsKeyId } = properties;
    const input = { logGroupName: name, tags, ...(logGroupClass && { logGroupClass }), ...(kmsKeyId && { kmsKeyId }) };
    try {
      await context.call('logs', 'CreateLogGroup', input, name);
    } catch (error) {
      if (!failedWith(error, 'ResourceAlreadyExistsException')) throw error;
      // A create that was cut off is taken up; anybody else's group is not.
      const { tags: found = {} } = await context.call('logs', 'ListTagsForResource', {
        resourceArn: groupArn(context, name),
      });
      if (!isOwn(found, tags)) throw error;
    }
    if (properties.RetentionInDays !== undefined) await setRetention(name, properties.RetentionInDays, context);
    return state(name, context);
  },
  update: async (name, properties, previous, context) => {
    refuseUnsupported(properties);
    if (String(properties.RetentionInDays) !== String(previous.RetentionInDays)) {
      await setRetention(name, properties.RetentionInDays, context);
    }
    if (properties.KmsKeyId !== previous.KmsKeyId) await setKey(name, properties.KmsKeyId, context);
    const resourceArn = groupArn(context, name);
    const tags = stackTags(properties.Tags, context);
    const { tags: found = {} } = await context.call('logs', 'ListTagsForResource', { resourceArn });
    const gone = Object.keys(found).filter((key) => !(key in tags));
    if (gone.length > 0) await context.call('logs', 'UntagResource', { resourceArn, tagKeys: gone });
    if (Object.entries(tags).some(([key, value]) => found[key] !== value)) {
      await context.call('logs', 'TagResource', { resourceArn, tags }, name);
    }
    return state(name, context);
  },
  delete: (name, _properties, { call }) => unlessGone(call('logs', 'DeleteLogGroup', { logGroupName: name })),
};
