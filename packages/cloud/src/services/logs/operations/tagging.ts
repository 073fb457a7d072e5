import { AwsError } from '../../../core/aws-error.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { groupArnAccess } from '../log-access.js';
import { parseGroupArn } from '../log-arn.js';
import { invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const GROUP_TAGS: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => new AwsError('TooManyTagsException', `A log group can have at most ${most} tags.`),
};

export const groupTagging = tagOperations(logsOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'resourceArn', tags: 'tags', keys: 'tagKeys' },
  form: 'map',
  rules: GROUP_TAGS,
  parse: parseGroupArn,
  access: groupArnAccess,
  tagsOf: async ({ group }, call, { logs }) => (await logs.group(call, group)).tags,
  change: ({ group }, change, call, { logs }) =>
    logs.changeGroup(call, group, (before) => ({ ...before, tags: change(before.tags) })),
});
