import { anything, requestTags } from '../../../core/access.js';
import { pageOf } from '../../../kit/page.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import { fromTagList, type TagRules, withTags } from '../../../kit/tags.js';
import { conflict, invalid, invalidToken, notFound } from '../scheduler-error.js';
import { DEFAULT_GROUP, type GroupRecord, groupArn } from '../schedules/schedule-record.js';
import { onGroup, schedulerOperation } from '../service-state.js';

const NAME = { min: 1, max: 64, pattern: /[0-9a-zA-Z-_.]+/ };

const GROUP_TAGS: TagRules = {
  reserved: () => invalid('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalid(`A schedule group can have at most ${most} tags.`),
};

function shown(group: GroupRecord) {
  return {
    Arn: groupArn(group),
    Name: group.name,
    State: 'ACTIVE' as const,
    CreationDate: new Date(group.created),
    LastModificationDate: new Date(group.modified),
  };
}

export const createScheduleGroup = schedulerOperation({
  name: 'CreateScheduleGroup',
  limits: { Name: NAME },
  parse: ({ Name: name, Tags }) => ({ name, tags: fromTagList(Tags) }),
  access: (row) => [
    onGroup(
      row,
      'CreateScheduleGroup',
      ({ name }) => name,
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ name, tags }, call, { schedules }) => {
    if (schedules.findGroup(call, name)) throw conflict(`Schedule group ${name} already exists.`);
    const { account, region } = call;
    const { now } = schedules;
    const all = withTags({}, tags, GROUP_TAGS, call);
    await schedules.putGroup({ account, region, name, tags: all, created: now, modified: now });
    return { ScheduleGroupArn: groupArn({ account, region, name }) };
  },
});

export const getScheduleGroup = schedulerOperation({
  name: 'GetScheduleGroup',
  limits: { Name: NAME },
  parse: ({ Name: name }) => ({ name }),
  access: (row) => [onGroup(row, 'GetScheduleGroup', ({ name }) => name)],
  handle: ({ name }, call, { schedules }) => shown(schedules.getGroup(call, name)),
});

export const deleteScheduleGroup = schedulerOperation({
  name: 'DeleteScheduleGroup',
  limits: { Name: NAME },
  parse: ({ Name: name }) => ({ name }),
  access: (row) => [onGroup(row, 'DeleteScheduleGroup', ({ name }) => name)],
  handle: async ({ name }, call, { schedules }) => {
    if (name === DEFAULT_GROUP) throw invalid('The default schedule group cannot be deleted.');
    await schedules.deleteGroup(schedules.getGroup(call, name));
  },
});

export const listScheduleGroups = schedulerOperation({
  name: 'ListScheduleGroups',
  limits: { MaxResults: { min: 1, max: 100 } },
  access: (row) => [row({ action: 'scheduler:ListScheduleGroups', on: anything })],
  handle: ({ NamePrefix = '', NextToken: token, MaxResults: limit = 100 }, call, { schedules }) => {
    const { items, next } = pageOf(
      schedules.listGroups(call).filter(({ name }) => name.startsWith(NamePrefix)),
      { keyOf: ({ name }) => name, limit, token, of: ['ListScheduleGroups', NamePrefix], refuse: invalidToken },
    );
    return { ScheduleGroups: items.map(shown), NextToken: next };
  },
});

const GROUP = /^arn:aws[a-z-]*:scheduler:[a-z0-9-]+:\d{12}:schedule-group\/(?<name>[0-9a-zA-Z-_.]+)$/;

export const groupTagging = tagOperations(schedulerOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceArn', tags: 'Tags', keys: 'TagKeys' },
  form: 'list',
  rules: GROUP_TAGS,
  parse: (arn) => {
    const name = GROUP.exec(arn)?.groups?.name;
    if (name === undefined) throw notFound(`Resource ${arn} does not exist.`);
    return name;
  },
  access: (row, action, keys) => onGroup(row, action, ({ target }) => target, keys),
  tagsOf: (name, call, { schedules }) => schedules.getGroup(call, name).tags,
  change: (name, change, call, { schedules }) => {
    const group = schedules.getGroup(call, name);
    return schedules.putGroup({ ...group, tags: change(group.tags) });
  },
});
