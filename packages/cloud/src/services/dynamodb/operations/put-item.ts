import { itemAccess, tableOf } from '../access.js';
import { consumed, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { collectionOf, type ReturnItemCollectionMetrics } from '../engine/items/item-collection.js';
import { type PutInput, preparePut } from '../engine/items/item-write.js';
import { writeItem } from '../engine/items/write-item.js';
import { attributesOfCheck } from '../input/named-attributes.js';
import { putItemRules as rules } from '../input/rules.js';
import { parseInput, returnValuesOnConditionCheckFailure } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface PutItemInput extends PutInput {
  readonly ReturnValues?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

const types = { ...rules.types, ...returnValuesOnConditionCheckFailure };

export const putItem = dynamoDbOperation({
  name: 'PutItem',
  parse: (raw) => parseInput<PutItemInput>(raw, { types, custom: rules.custom }),
  access: (row) => [
    itemAccess(row, 'PutItem', ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'], (input) => ({
      ...tableOf(input),
      keys: [input.Item],
      attributes: () => [...Object.keys(input.Item), ...attributesOfCheck(input)],
      returnValues: input.ReturnValues,
      returnConsumedCapacity: input.ReturnConsumedCapacity,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    const { before, after } = await writeItem(partition, preparePut(input, table));
    return {
      ...(before && input.ReturnValues === 'ALL_OLD' && { Attributes: before }),
      ...consumed(input.ReturnConsumedCapacity, () => writeCost(table, before, after)),
      ...collectionOf(input.ReturnItemCollectionMetrics, table, input.Item),
    };
  },
});
