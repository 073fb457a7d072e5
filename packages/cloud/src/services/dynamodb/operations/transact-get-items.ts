import type { Scope } from '../../../core/operation.js';
import { itemAccess, tableOf } from '../access.js';
import { refuse } from '../engine/errors.js';
import { type Item, sizeOf } from '../engine/items/attribute-value.js';
import { type Cost, consumedByTables, type ReturnConsumedCapacity, readUnits } from '../engine/items/capacity.js';
import { itemKey } from '../engine/items/keys.js';
import { type Projected, projected } from '../engine/items/read-item.js';
import { asSchema } from '../engine/tables/table.js';
import { part, refuseCancelled, refuseDuplicates, refuseLarge } from '../engine/transactions/transaction.js';
import { db } from '../input/dynalite.js';
import { attributesOfProjection } from '../input/named-attributes.js';
import { getItemRules as rules } from '../input/rules.js';
import { withPlainTables } from '../input/table-names.js';
import { checkCustom, parseInput, type TableInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface Get extends TableInput, Projected {
  readonly Key: Item;
}

interface TransactGetItemsInput {
  readonly TransactItems: readonly { readonly Get: Get }[];
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

const { TableName, Key, ProjectionExpression, ExpressionAttributeNames } = rules.types;

const types = {
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: 'ValueStruct<TransactGetItem>',
      children: {
        Get: {
          type: 'FieldStruct<Get>',
          notNull: true,
          children: { TableName, Key, ProjectionExpression, ExpressionAttributeNames },
        },
      },
    },
  },
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
};

function parse(raw: unknown, scope: Scope): TransactGetItemsInput {
  const input = parseInput<TransactGetItemsInput>(withPlainTables(raw, scope), { types });
  for (const { Get } of input.TransactItems) checkCustom(Get, rules);
  return input;
}

export const transactGetItems = dynamoDbOperation({
  name: 'TransactGetItems',
  parse,
  access: (row) => [
    itemAccess(row, 'GetItem', ['EnclosingOperation', 'LeadingKeys', 'Select'], (input) =>
      input.TransactItems.map(({ Get }) => ({
        ...tableOf(Get),
        keys: [Get.Key],
        attributes: () => [...Object.keys(Get.Key), ...attributesOfProjection(Get)],
        select: Get._projection ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
        enclosingOperation: 'TransactGetItems',
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      })),
    ),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const parts = await Promise.all(
      input.TransactItems.map(async ({ Get }) => {
        const table = await partition.table(Get.TableName);
        return part(() => {
          refuse(db.validateKey(Get.Key, asSchema(table)));
          refuse(db.validateKeyPaths(Get._projection?.nestedPaths, asSchema(table)));
          return { table, key: itemKey(Get.Key, table), get: Get };
        });
      }),
    );
    refuseCancelled(parts.map(({ reason }) => reason));
    const gets = parts.flatMap((prepared) => ('value' in prepared ? [prepared.value] : []));
    refuseDuplicates(gets);
    return partition.itemsLocked(
      gets,
      async () => {
        const items = await Promise.all(gets.map(({ table, key }) => partition.item(table, key)));
        refuseLarge(items);
        const costs = () =>
          gets.map(({ table }, place): Cost => {
            const item = items[place];
            return { table, units: 2 * readUnits(item ? sizeOf(item) : 0, true) };
          });
        return {
          Responses: gets.map(({ get }, place) => {
            const item = items[place];
            return item ? { Item: projected(item, get) } : {};
          }),
          ...consumedByTables(input.ReturnConsumedCapacity, costs),
        };
      },
      'read',
    );
  },
});
