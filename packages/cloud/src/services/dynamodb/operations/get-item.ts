import { itemAccess, tableOf } from '../access.js';
import { refuse } from '../engine/errors.js';
import { type Item, sizeOf } from '../engine/items/attribute-value.js';
import { consumed, type ReturnConsumedCapacity, readUnits } from '../engine/items/capacity.js';
import { itemKey } from '../engine/items/keys.js';
import { type Projected, projected } from '../engine/items/read-item.js';
import { asSchema } from '../engine/tables/table.js';
import { db } from '../input/dynalite.js';
import { attributesOfProjection } from '../input/named-attributes.js';
import { getItemRules as rules } from '../input/rules.js';
import { parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface GetItemInput extends TableInput, Projected {
  readonly Key: Item;
  readonly ConsistentRead?: boolean;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

export const getItem = dynamoDbOperation({
  name: 'GetItem',
  parse: (raw) => parseInput<GetItemInput>(raw, rules),
  access: (row) => [
    itemAccess(row, 'GetItem', ['EnclosingOperation', 'LeadingKeys', 'Select'], (input) => ({
      ...tableOf(input),
      keys: [input.Key],
      attributes: () => [...Object.keys(input.Key), ...attributesOfProjection(input)],
      select: input._projection || input.AttributesToGet ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
      returnConsumedCapacity: input.ReturnConsumedCapacity,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    refuse(db.validateKey(input.Key, asSchema(table)));
    refuse(db.validateKeyPaths(input._projection?.nestedPaths, asSchema(table)));
    const item = await partition.item(table, itemKey(input.Key, table));
    return {
      ...(item && { Item: projected(item, input) }),
      ...consumed(input.ReturnConsumedCapacity, () => ({
        table,
        units: readUnits(item ? sizeOf(item) : 0, input.ConsistentRead),
      })),
    };
  },
});
