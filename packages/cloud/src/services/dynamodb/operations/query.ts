import { itemAccess, tableOf } from '../access.js';
import { refuse, validationError } from '../engine/errors.js';
import type { LegacyConditions } from '../engine/expressions/condition.js';
import type { Item } from '../engine/items/attribute-value.js';
import { checkStart, keyConditions, rangeOf } from '../engine/items/key-condition.js';
import { indexOf, type PageInput, readPage } from '../engine/items/page.js';
import { startAfter } from '../engine/items/start-key.js';
import { asSchema, type KeySchema, keyNames } from '../engine/tables/table.js';
import { db } from '../input/dynalite.js';
import { attributesOfCondition, attributesOfProjection } from '../input/named-attributes.js';
import { queryRules as rules } from '../input/rules.js';
import { parseInput } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface QueryInput extends PageInput {
  /** Also what the parser makes of a KeyConditionExpression. */
  readonly KeyConditions: LegacyConditions;
  readonly ScanIndexForward?: boolean;
}

function checkFilter(input: QueryInput, keySchema: KeySchema): void {
  const filtered: object = input.QueryFilter ?? input._filter?.pathHeads ?? {};
  const key = keyNames(keySchema).find((name) => Object.hasOwn(filtered, name));
  if (key === undefined) return;
  const parameter = input.QueryFilter ? 'QueryFilter' : 'Filter Expression';
  throw validationError(`${parameter} can only contain non-primary key attributes: Primary key attribute: ${key}`);
}

/** The partition key's value as an item, for the condition key LeadingKeys. */
function leading(input: QueryInput): Item[] {
  const key: Record<string, Item[string]> = {};
  for (const [name, { ComparisonOperator, AttributeValueList }] of Object.entries(input.KeyConditions)) {
    const value = AttributeValueList?.[0];
    if (ComparisonOperator === 'EQ' && value) key[name] = value;
  }
  return [key];
}

export const query = dynamoDbOperation({
  name: 'Query',
  parse: (raw) => parseInput<QueryInput>(raw, rules),
  access: (row) => [
    itemAccess(row, 'Query', ['LeadingKeys', 'ReturnValues', 'Select'], (input) => ({
      ...tableOf(input),
      keys: leading(input),
      attributes: () => [
        ...Object.keys(input.KeyConditions),
        ...attributesOfCondition(input._filter?.expression),
        ...Object.keys(input.QueryFilter ?? {}),
        ...attributesOfProjection(input),
      ],
      select: input.Select ?? (input._projection || input.AttributesToGet ? 'SPECIFIC_ATTRIBUTES' : 'ALL_ATTRIBUTES'),
      returnConsumedCapacity: input.ReturnConsumedCapacity,
      indexName: input.IndexName,
    })),
  ],
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const table = await partition.table(input.TableName);
    const index = indexOf(table, input);
    const keySchema = index?.KeySchema ?? table.keySchema;
    const conditions = keyConditions(table, keySchema, input.KeyConditions);
    const start = input.ExclusiveStartKey && startAfter(input.ExclusiveStartKey, table, index);
    if (input.ExclusiveStartKey) checkStart(input.ExclusiveStartKey, conditions);
    refuse(db.validateKeyPaths(input._projection?.nestedPaths, asSchema(table)));
    checkFilter(input, keySchema);
    refuse(db.validateKeyPaths(input._filter?.nestedPaths, asSchema(table)));
    const { gte, lt } = rangeOf(conditions);
    const backward = input.ScanIndexForward === false;
    const range = {
      ...(start !== undefined && !backward ? { gt: start } : gte !== undefined && { gte }),
      ...(start !== undefined && backward ? { lt: start } : lt !== undefined && { lt }),
      reverse: backward,
    };
    return readPage(partition, table, input, { index, range });
  },
});
