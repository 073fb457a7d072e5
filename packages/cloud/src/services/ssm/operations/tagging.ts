import { AwsError } from '../../../core/aws-error.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { parameterAccess } from '../parameter-access.js';
import { ssmOperation } from '../service-state.js';
import { invalid } from '../ssm-error.js';

export const PARAMETER_TAGS: TagRules = {
  reserved: () => invalid('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => new AwsError('TooManyTagsError', `A parameter can have at most ${most} tags.`),
};

const invalidId = (): AwsError =>
  new AwsError(
    'InvalidResourceId',
    'The resource ID is not valid. Verify that you entered the correct ID and try again.',
  );

export const parameterTagging = tagOperations(ssmOperation, {
  tag: 'AddTagsToResource',
  untag: 'RemoveTagsFromResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceId', tags: 'Tags', keys: 'TagKeys', listed: 'TagList' },
  form: 'list',
  rules: PARAMETER_TAGS,
  // Parameters are the only resources that this Systems Manager has.
  parse: (name, _scope, { ResourceType }) => {
    if (ResourceType === 'Parameter') return name;
    throw new AwsError('InvalidResourceType', `The local cloud does not have the resource type ${ResourceType}`);
  },
  access: (row, action, keys) => parameterAccess(row, action, ({ target }) => [target], keys),
  tagsOf: async (name, call, parameters) => {
    const record = await parameters.get(call, name);
    if (!record) throw invalidId();
    return record.tags;
  },
  change: (name, change, call, parameters) =>
    parameters.change(call, name, async (record) => {
      if (!record) throw invalidId();
      await parameters.put(call, { ...record, tags: change(record.tags) });
    }),
});
