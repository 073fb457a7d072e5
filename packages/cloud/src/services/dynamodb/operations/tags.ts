import { requestTags, tagKeys } from '../../../core/access.js';
import type { Call } from '../../../core/operation.js';
import { withoutMarks } from '../../../core/stack-tags.js';
import { arnAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import type { Partition } from '../engine/partition.js';
import type { Table } from '../engine/tables/table.js';
import { tagsType } from '../engine/tables/table-rules.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';
import { noSuchResource, ResourceArn, type ResourceInput, tableNameOf } from './resource-arn.js';

const arnOf = ({ ResourceArn: arn }: ResourceInput): string => arn;

async function taggedTable(partition: Partition, arn: string, call: Call): Promise<Table> {
  const table = await partition.findTable(tableNameOf(arn, call));
  if (!table) throw noSuchResource(arn);
  return table;
}

const MAX_TAGS = 50;

export const tagResource = dynamoDbOperation({
  name: 'TagResource',
  parse: (raw) =>
    parseInput<ResourceInput & { readonly Tags: readonly { readonly Key: string; readonly Value: string }[] }>(raw, {
      types: { ResourceArn, Tags: { ...tagsType, notNull: true, lengthGreaterThanOrEqual: 1 } },
    }),
  access: (row) => [
    arnAccess(row, 'TagResource', 'table', arnOf, {
      ...requestTags(({ Tags }) => Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]))),
    }),
  ],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(tableNameOf(input.ResourceArn, call), async () => {
      const table = await taggedTable(partition, input.ResourceArn, call);
      const tags = { ...table.tags, ...Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])) };
      if (Object.keys(tags).length > MAX_TAGS) {
        throw validationError(`One or more parameter values were invalid: Too many tags: the limit is ${MAX_TAGS}`);
      }
      await partition.putTable({ ...table, tags });
    });
  },
});

export const untagResource = dynamoDbOperation({
  name: 'UntagResource',
  parse: (raw) =>
    parseInput<ResourceInput & { readonly TagKeys: readonly string[] }>(raw, {
      types: { ResourceArn, TagKeys: { type: 'List', notNull: true, children: 'String' } },
    }),
  access: (row) => [
    arnAccess(
      row,
      'UntagResource',
      'table',
      arnOf,
      tagKeys(({ TagKeys }) => TagKeys),
    ),
  ],
  handle: (input, call, state) => {
    const partition = state.partition(call);
    return partition.tableLocked(tableNameOf(input.ResourceArn, call), async () => {
      const table = await taggedTable(partition, input.ResourceArn, call);
      const reserved = input.TagKeys.find((key) => key.startsWith('aws:'));
      if (reserved !== undefined) {
        throw validationError(
          `One or more parameter values were invalid: Tag keys that begin with aws: belong to AWS: ${reserved}`,
        );
      }
      const tags = Object.fromEntries(Object.entries(table.tags).filter(([key]) => !input.TagKeys.includes(key)));
      await partition.putTable({ ...table, tags });
    });
  },
});

/** A table has at most fifty tags: one answer holds them all. */
export const listTagsOfResource = dynamoDbOperation({
  name: 'ListTagsOfResource',
  parse: (raw) => parseInput<ResourceInput>(raw, { types: { ResourceArn, NextToken: 'String' } }),
  access: (row) => [arnAccess(row, 'ListTagsOfResource', 'table', arnOf)],
  handle: async (input, call, state) => {
    const { tags } = await taggedTable(state.partition(call), input.ResourceArn, call);
    return { Tags: Object.entries(withoutMarks(tags, call)).map(([Key, Value]) => ({ Key, Value })) };
  },
});
