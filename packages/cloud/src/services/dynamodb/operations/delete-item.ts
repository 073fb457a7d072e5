import { itemAccess, tableOf } from '../access.js';
import { validationError } from '../engine/errors.js';
import { consumed, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { collectionOf, type ReturnItemCollectionMetrics } from '../engine/items/item-collection.js';
import { type KeyInput, prepareDelete } from '../engine/items/item-write.js';
import { writeItem } from '../engine/items/write-item.js';
import { attributesOfCheck } from '../input/named-attributes.js';
import { deleteItemRules as rules } from '../input/rules.js';
import { parseInput, returnValuesOnConditionCheckFailure } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface DeleteItemInput extends KeyInput {
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const types = { ...rules.types, ...returnValuesOnConditionCheckFailure };

function parse(raw: unknown): DeleteItemInput {
  const input = parseInput<DeleteItemInput>(raw, { types, custom: rules.custom });
  if (input.ReturnValues && input.ReturnValues !== 'ALL_OLD' && input.ReturnValues !== 'NONE') {
    throw validationError('ReturnValues can only be ALL_OLD or NONE');
  }
  return input;
}

export const deleteItem = dynamoDbOperation({
  name: 'DeleteItem',
  parse,
  access: (row) => [
    itemAccess(row, 'DeleteItem', ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'], (input) => ({
      ...tableOf(input),
      keys: [input.Key],
      attributes: () => [...Object.keys(input.Key), ...attributesOfCheck(input)],
      returnValues: input.ReturnValues,
      returnConsumedCapacity: input.ReturnConsumedCapacity,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    const { before } = await writeItem(partition, prepareDelete(input, table));
    return {
      ...(before && input.ReturnValues === 'ALL_OLD' && { Attributes: before }),
      ...consumed(input.ReturnConsumedCapacity, () => writeCost(table, before, undefined)),
      ...collectionOf(input.ReturnItemCollectionMetrics, table, input.Key),
    };
  },
});
