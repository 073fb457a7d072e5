import { requestTags, tagKeys } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { type Members, membersOf } from '../../../core/members.js';
import { operation, type Scope } from '../../../core/operation.js';
import { parameterAccess } from '../parameter-access.js';
import type { ParameterRecord, ParameterStore } from '../parameter-store.js';
import { readTags, writeTags } from '../tag.js';

/** The name of the tagged parameter: parameters are the only resources that this Systems Manager has. */
function resourceName(members: Members): string {
  const type = members.neededText('ResourceType');
  if (type !== 'Parameter') {
    throw new AwsError('InvalidResourceType', `The local cloud does not have the resource type ${type}`);
  }
  return members.neededText('ResourceId');
}

async function existing(name: string, scope: Scope, parameters: ParameterStore): Promise<ParameterRecord> {
  const record = await parameters.get(scope, name);
  if (!record)
    throw new AwsError(
      'InvalidResourceId',
      'The resource ID is not valid. Verify that you entered the correct ID and try again.',
    );
  return record;
}

export const addTagsToResource = operation<ParameterStore>()({
  name: 'AddTagsToResource',
  parse: (raw) => {
    const members = membersOf(raw);
    return { name: resourceName(members), tags: readTags(members.structures('Tags')) };
  },
  access: (row) => [
    parameterAccess(
      row,
      'AddTagsToResource',
      ({ name }) => [name],
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: ({ name, tags }, call, parameters) =>
    parameters.change(async () => {
      const record = await existing(name, call, parameters);
      await parameters.put(call, { ...record, tags: { ...record.tags, ...tags } });
      return {};
    }),
});

export const removeTagsFromResource = operation<ParameterStore>()({
  name: 'RemoveTagsFromResource',
  parse: (raw) => {
    const members = membersOf(raw);
    return { name: resourceName(members), keys: new Set(members.texts('TagKeys')) };
  },
  access: (row) => [
    parameterAccess(
      row,
      'RemoveTagsFromResource',
      ({ name }) => [name],
      tagKeys(({ keys }) => [...keys]),
    ),
  ],
  handle: ({ name, keys }, call, parameters) =>
    parameters.change(async () => {
      const record = await existing(name, call, parameters);
      const tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.has(key)));
      await parameters.put(call, { ...record, tags });
      return {};
    }),
});

export const listTagsForResource = operation<ParameterStore>()({
  name: 'ListTagsForResource',
  parse: (raw) => ({ name: resourceName(membersOf(raw)) }),
  access: (row) => [parameterAccess(row, 'ListTagsForResource', ({ name }) => [name])],
  handle: async ({ name }, call, parameters) => ({
    TagList: writeTags((await existing(name, call, parameters)).tags),
  }),
});
