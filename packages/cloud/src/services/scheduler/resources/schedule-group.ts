import { failedWith, unlessGone } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { isOwn, stackTags, type TagList } from '../../../core/stack-tags.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { groupArn } from '../schedules/schedule-record.js';

interface GroupProperties extends Properties {
  readonly Name?: string;
  readonly Tags?: TagList;
}

async function stateOf(Name: string, { call }: ResourceContext): Promise<ResourceState> {
  const { Arn, State, CreationDate, LastModificationDate } = await call('scheduler', 'GetScheduleGroup', { Name });
  return {
    attributes: {
      Arn,
      State,
      CreationDate: CreationDate?.toISOString(),
      LastModificationDate: LastModificationDate?.toISOString(),
    },
  };
}

/** AWS::Scheduler::ScheduleGroup. Its physical id is its name. */
export const scheduleGroupResource: ResourceType<GroupProperties> = {
  type: 'AWS::Scheduler::ScheduleGroup',
  nameProperty: 'Name',
  maxNameLength: 64,
  create: async (name, properties, context) => {
    const tags = stackTags(properties.Tags, context);
    try {
      await context.call('scheduler', 'CreateScheduleGroup', { Name: name, Tags: toTagList(tags) }, name);
    } catch (error) {
      if (!failedWith(error, 'ConflictException')) throw error;
      // A create that was cut off is taken up; anybody else's group is not.
      const ResourceArn = groupArn({ account: context.account, region: context.region, name });
      const { Tags } = await context.call('scheduler', 'ListTagsForResource', { ResourceArn });
      if (!isOwn(fromTagList(Tags), tags)) throw error;
    }
    return stateOf(name, context);
  },
  update: async (name, properties, _previous, context) => {
    const ResourceArn = groupArn({ account: context.account, region: context.region, name });
    const wanted = stackTags(properties.Tags, context);
    const { Tags } = await context.call('scheduler', 'ListTagsForResource', { ResourceArn });
    const gone = Object.keys(fromTagList(Tags)).filter((key) => !(key in wanted));
    if (gone.length > 0) await context.call('scheduler', 'UntagResource', { ResourceArn, TagKeys: gone });
    await context.call('scheduler', 'TagResource', { ResourceArn, Tags: toTagList(wanted) }, name);
    return stateOf(name, context);
  },
  delete: (Name, _properties, { call }) => unlessGone(call('scheduler', 'DeleteScheduleGroup', { Name })),
};
