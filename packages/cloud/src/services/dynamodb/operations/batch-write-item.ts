import type { Scope } from '../../../core/operation.js';
import { itemAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import type { Item } from '../engine/items/attribute-value.js';
import { consumedByTables, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { collectionsByTables, type ReturnItemCollectionMetrics } from '../engine/items/item-collection.js';
import { type ItemWrite, prepareDelete, preparePut } from '../engine/items/item-write.js';
import { batchWriteItemRules as rules } from '../input/rules.js';
import { type Asked, withPlainKeys } from '../input/table-names.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

type WriteRequest = {
  readonly PutRequest?: { readonly Item: Item };
  readonly DeleteRequest?: { readonly Key: Item };
};

interface BatchWriteItemInput extends Asked {
  readonly RequestItems: Readonly<Record<string, readonly WriteRequest[]>>;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const MAX_REQUESTS = 25;

function parse(given: unknown, scope: Scope): BatchWriteItemInput {
  const { raw, asked } = withPlainKeys(given, scope);
  const input = parseInput<BatchWriteItemInput>(raw, rules);
  const requests = Object.values(input.RequestItems).flat();
  if (requests.length > MAX_REQUESTS) throw validationError('Too many items requested for the BatchWriteItem call');
  if (requests.some(({ PutRequest, DeleteRequest }) => PutRequest && DeleteRequest)) {
    throw validationError(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return { ...input, asked };
}

const itemOf = ({ PutRequest, DeleteRequest }: WriteRequest): Item => PutRequest?.Item ?? DeleteRequest?.Key ?? {};

export const batchWriteItem = dynamoDbOperation({
  name: 'BatchWriteItem',
  parse,
  access: (row) => [
    itemAccess(row, 'BatchWriteItem', ['LeadingKeys'], (input) =>
      Object.entries(input.RequestItems).map(([TableName, requests]) => ({
        TableName,
        keys: requests.map(itemOf),
        attributes: () => requests.flatMap((request) => Object.keys(itemOf(request))),
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      })),
    ),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const writes: ItemWrite[] = [];
    for (const [TableName, requests] of Object.entries(input.RequestItems)) {
      const table = await partition.table(TableName);
      for (const { PutRequest, DeleteRequest } of requests) {
        if (PutRequest) writes.push(preparePut({ TableName, Item: PutRequest.Item }, table));
        if (DeleteRequest) writes.push(prepareDelete({ TableName, Key: DeleteRequest.Key }, table));
      }
    }
    if (new Set(writes.map(({ table, key }) => `${table.id}/${key}`)).size < writes.length) {
      throw validationError('Provided list of item keys contains duplicates');
    }
    return partition.itemsLocked(writes, async () => {
      const changes = await Promise.all(
        writes.map(async ({ table, key, apply }) => {
          const before = await partition.item(table, key);
          return { table, key, before, after: apply(before) };
        }),
      );
      await partition.commit(changes);
      const costs = () => changes.map(({ table, before, after }) => writeCost(table, before, after));
      return {
        UnprocessedItems: {},
        ...consumedByTables(input.ReturnConsumedCapacity, costs),
        ...collectionsByTables(input.ReturnItemCollectionMetrics, changes),
      };
    });
  },
});
