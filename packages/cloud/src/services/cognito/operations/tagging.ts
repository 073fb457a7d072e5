import { parseArn } from '../../../kit/arn.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { invalidParameter } from '../cognito-error.js';
import { type CognitoState, cognitoOperation, onPoolOf } from '../service-state.js';

export const POOL_TAGS: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalidParameter(`A user pool can have at most ${most} tags.`),
};

/** @throws AwsError InvalidParameterException where the ARN is not that of a user pool */
function poolIdOf(arn: string): string {
  const parsed = parseArn(arn);
  const id = /^userpool\/([\w-]+_[0-9a-zA-Z]+)$/.exec(parsed?.resource ?? '')?.[1];
  if (parsed?.service !== 'cognito-idp' || id === undefined) throw invalidParameter('Invalid resource ARN.');
  return id;
}

export const poolTags = tagOperations<CognitoState, 'cognito-idp', string>(cognitoOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceArn', tags: 'Tags', keys: 'TagKeys' },
  form: 'map',
  rules: POOL_TAGS,
  parse: poolIdOf,
  access: (row, action, keys) => onPoolOf(row, action, ({ target }) => target, keys),
  tagsOf: (id, call, { store }) => store.get(call, id).record.tags,
  change: (id, change, call, { store }) => {
    const { record } = store.get(call, id);
    return store.change({ kind: 'pool', poolId: id, name: '', value: { ...record, tags: change(record.tags) } });
  },
});
