import { itemAccess, tableOf } from '../access.js';
import type { Item } from '../engine/items/attribute-value.js';
import { consumed, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { project } from '../engine/items/document-path.js';
import { collectionOf, type ReturnItemCollectionMetrics } from '../engine/items/item-collection.js';
import { prepareUpdate, type UpdateInput } from '../engine/items/item-write.js';
import { type Written, writeItem } from '../engine/items/write-item.js';
import { attributesOfUpdate } from '../input/named-attributes.js';
import { updateItemRules as rules } from '../input/rules.js';
import { parseInput, returnValuesOnConditionCheckFailure } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface UpdateItemInput extends UpdateInput {
  readonly ReturnValues?: 'ALL_NEW' | 'UPDATED_OLD' | 'ALL_OLD' | 'NONE' | 'UPDATED_NEW';
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const types = { ...rules.types, ...returnValuesOnConditionCheckFailure };

function returned(input: UpdateItemInput, { before, after }: Written): Item | undefined {
  const paths = input._updates?.paths ?? Object.keys(input.AttributeUpdates ?? {});
  switch (input.ReturnValues) {
    case 'ALL_OLD':
      return before;
    case 'ALL_NEW':
      return after;
    case 'UPDATED_OLD':
      return before && project(before, paths);
    case 'UPDATED_NEW':
      return after && project(after, paths);
    default:
      return undefined;
  }
}

export const updateItem = dynamoDbOperation({
  name: 'UpdateItem',
  parse: (raw) => parseInput<UpdateItemInput>(raw, { types, custom: rules.custom }),
  access: (row) => [
    itemAccess(row, 'UpdateItem', ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'], (input) => ({
      ...tableOf(input),
      keys: [input.Key],
      attributes: () => [...Object.keys(input.Key), ...attributesOfUpdate(input)],
      returnValues: input.ReturnValues,
      returnConsumedCapacity: input.ReturnConsumedCapacity,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    const written = await writeItem(partition, prepareUpdate(input, table));
    const Attributes = returned(input, written);
    return {
      ...(Attributes && Object.keys(Attributes).length > 0 && { Attributes }),
      ...consumed(input.ReturnConsumedCapacity, () => writeCost(table, written.before, written.after)),
      ...collectionOf(input.ReturnItemCollectionMetrics, table, input.Key),
    };
  },
});
