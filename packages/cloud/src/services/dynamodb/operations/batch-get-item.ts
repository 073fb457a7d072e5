import { itemAccess } from '../access.js';
import { refuse } from '../engine/errors.js';
import { type Item, sizeOf } from '../engine/items/attribute-value.js';
import { type Cost, consumedByTables, type ReturnConsumedCapacity, readUnits } from '../engine/items/capacity.js';
import { itemKey } from '../engine/items/keys.js';
import { type Projected, projected } from '../engine/items/read-item.js';
import { asSchema } from '../engine/tables/table.js';
import { db } from '../input/dynalite.js';
import { attributesOfProjection } from '../input/named-attributes.js';
import { batchGetItemRules as rules } from '../input/rules.js';
import { type Asked, withPlainKeys } from '../input/table-names.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface KeysAndAttributes extends Projected {
  readonly Keys: readonly Item[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

interface BatchGetItemInput extends Asked {
  readonly RequestItems: Readonly<Record<string, KeysAndAttributes>>;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
}

/** An answer has up to 16 MB; keys beyond it are handed back as unprocessed. */
const MAX_BYTES = 16 * 1024 * 1024;

export const batchGetItem = dynamoDbOperation({
  name: 'BatchGetItem',
  parse: (given, scope) => {
    const { raw, asked } = withPlainKeys(given, scope);
    return { ...parseInput<BatchGetItemInput>(raw, rules), asked };
  },
  access: (row) => [
    itemAccess(row, 'BatchGetItem', ['LeadingKeys', 'Select'], (input) =>
      Object.entries(input.RequestItems).map(([TableName, request]) => ({
        TableName,
        keys: request.Keys,
        attributes: () => [...request.Keys.flatMap((key) => Object.keys(key)), ...attributesOfProjection(request)],
        select: request._projection || request.AttributesToGet ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES',
        returnConsumedCapacity: input.ReturnConsumedCapacity,
      })),
    ),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const requests = await Promise.all(
      Object.entries(input.RequestItems).map(async ([name, request]) => {
        const table = await partition.table(name);
        for (const key of request.Keys) refuse(db.validateKey(key, asSchema(table)));
        refuse(db.validateKeyPaths(request._projection?.nestedPaths, asSchema(table)));
        return { table, request };
      }),
    );
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, object> = {};
    const costs: Cost[] = [];
    let total = 0;
    for (const { table, request } of requests) {
      const items: Item[] = [];
      const left: Item[] = [];
      for (const key of request.Keys) {
        const item = await partition.item(table, itemKey(key, table));
        const bytes = item ? sizeOf(item) : 0;
        if (total + bytes > MAX_BYTES) {
          left.push(key);
          continue;
        }
        total += bytes;
        costs.push({ table, units: readUnits(bytes, request.ConsistentRead) });
        if (item) items.push(projected(item, request));
      }
      const name = input.asked.get(table.name) ?? table.name;
      Responses[name] = items;
      if (left.length > 0) {
        const { _projection, ...sent } = request;
        UnprocessedKeys[name] = { ...sent, Keys: left };
      }
    }
    return { Responses, UnprocessedKeys, ...consumedByTables(input.ReturnConsumedCapacity, () => costs) };
  },
});
