import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { alarmArn } from '../alarms/alarm-record.js';

interface AlarmProperties extends Properties {
  readonly AlarmName?: string;
  readonly Tags?: TagList;
}

/** @throws AwsError AlreadyExists for an alarm that another template, or somebody, made */
async function refuseForeign(
  id: string,
  tags: Readonly<Record<string, string>>,
  context: ResourceContext,
): Promise<void> {
  const ResourceARN = alarmArn({ ...context, name: id });
  const found = await context.call('cloudwatch', 'ListTagsForResource', { ResourceARN }).catch(() => undefined);
  if (found === undefined || isOwn(fromTagList(found.Tags), tags)) return;
  throw new AwsError(
    'AlreadyExists',
    `Resource of type 'AWS::CloudWatch::Alarm' with identifier '${id}' already exists.`,
  );
}

async function retag(id: string, wanted: Readonly<Record<string, string>>, context: ResourceContext): Promise<void> {
  const ResourceARN = alarmArn({ ...context, name: id });
  const { Tags } = await context.call('cloudwatch', 'ListTagsForResource', { ResourceARN });
  const gone = Object.keys(fromTagList(Tags)).filter((key) => !(key in wanted));
  if (gone.length > 0) await context.call('cloudwatch', 'UntagResource', { ResourceARN, TagKeys: gone });
  await context.call('cloudwatch', 'TagResource', { ResourceARN, Tags: toTagList(wanted) }, id);
}

function alarmType(type: string, operation: 'PutMetricAlarm' | 'PutCompositeAlarm'): ResourceType<AlarmProperties> {
  const stateOf = (id: string, context: ResourceContext): ResourceState => ({
    attributes: { Arn: alarmArn({ ...context, name: id }) },
  });
  const put = async (
    id: string,
    { AlarmName: _, Tags: __, ...settings }: AlarmProperties,
    context: ResourceContext,
    tags: Readonly<Record<string, string>>,
  ) => {
    await context.call('cloudwatch', operation, { ...settings, AlarmName: id, Tags: toTagList(tags) }, id);
  };
  return {
    type,
    nameProperty: 'AlarmName',
    maxNameLength: 255,
    create: async (id, properties, context) => {
      const tags = stackTags(properties.Tags, context);
      await refuseForeign(id, tags, context);
      await put(id, properties, context, tags);
      return stateOf(id, context);
    },
    update: async (id, properties, _previous, context) => {
      const tags = stackTags(properties.Tags, context);
      await put(id, properties, context, tags);
      await retag(id, tags, context);
      return stateOf(id, context);
    },
    delete: (id, _properties, context) => context.call('cloudwatch', 'DeleteAlarms', { AlarmNames: [id] }),
  };
}

export const alarmResource = alarmType('AWS::CloudWatch::Alarm', 'PutMetricAlarm');

export const compositeAlarmResource = alarmType('AWS::CloudWatch::CompositeAlarm', 'PutCompositeAlarm');
