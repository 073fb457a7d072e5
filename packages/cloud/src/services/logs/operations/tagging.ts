import { requestTags, tagKeys } from '../../../core/access.js';
import { groupArnAccess } from '../log-access.js';

import { groupNameOf } from '../log-arn.js';
import { invalidParameter, readInput } from '../log-input.js';
import { logsOperation } from '../service-state.js';

export const tagResource = logsOperation({
  name: 'TagResource',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = { arn: input.requiredText('resourceArn'), tags: input.textMap('tags') ?? {} };
    input.check();
    return parsed;
  },
  access: (row) => [
    groupArnAccess(
      row,
      'TagResource',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: ({ arn, tags }, call, { logs }) => {
    if (call.resourceId === undefined && Object.keys(tags).some((key) => key.startsWith('aws:'))) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
    }
    return logs.changeGroup(call, groupNameOf(arn), (group) => ({ ...group, tags: { ...group.tags, ...tags } }));
  },
});

export const untagResource = logsOperation({
  name: 'UntagResource',
  parse: (raw) => {
    const input = readInput(raw);
    const parsed = { arn: input.requiredText('resourceArn'), keys: input.texts('tagKeys') ?? [] };
    input.check();
    return parsed;
  },
  access: (row) => [
    groupArnAccess(
      row,
      'UntagResource',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: ({ arn, keys }, call, { logs }) =>
    logs.changeGroup(call, groupNameOf(arn), (group) => ({
      ...group,
      tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key))),
    })),
});

export const listTagsForResource = logsOperation({
  name: 'ListTagsForResource',
  parse: (raw) => {
    const input = readInput(raw);
    const arn = input.requiredText('resourceArn');
    input.check();
    return { arn };
  },
  access: (row) => [groupArnAccess(row, 'ListTagsForResource')],
  handle: async ({ arn }, call, { logs }) => ({ tags: (await logs.group(call, groupNameOf(arn))).tags }),
});
