import { AwsError } from '../../../core/aws-error.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { groupArn } from '../log-arn.js';
import { GROUP, invalidParameter } from '../log-input.js';
import { logsOperation } from '../service-state.js';
import { changeTags, groupResource, parseTaggedArn, taggedAccess, tagsOf } from '../tagged-resource.js';

export const GROUP_TAGS: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => new AwsError('TooManyTagsException', `A log group can have at most ${most} tags.`),
};

const ofResources = { form: 'map', rules: GROUP_TAGS, access: taggedAccess, tagsOf, change: changeTags } as const;

export const resourceTagging = tagOperations(logsOperation, {
  ...ofResources,
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'resourceArn', tags: 'tags', keys: 'tagKeys' },
  parse: parseTaggedArn,
});

/** The older operations, which name a log group. */
export const groupTagging = tagOperations(logsOperation, {
  ...ofResources,
  tag: 'TagLogGroup',
  untag: 'UntagLogGroup',
  list: 'ListTagsLogGroup',
  members: { resource: 'logGroupName', tags: 'tags', keys: 'tags' },
  limits: { logGroupName: GROUP },
  parse: (name, scope) => groupResource(name, groupArn(scope, name)),
});
