import {
  batchGetItemRules as oldBatchGetItemRules,
  batchWriteItemRules as oldBatchWriteItemRules,
  createTableRules as oldCreateTableRules,
  deleteItemRules as oldDeleteItemRules,
  deleteTableRules as oldDeleteTableRules,
  describeTableRules as oldDescribeTableRules,
  getItemRules as oldGetItemRules,
  putItemRules as oldPutItemRules,
  queryRules as oldQueryRules,
  scanRules as oldScanRules,
  updateItemRules as oldUpdateItemRules,
} from './dynalite.js';
import { printed } from './printed-input.js';
import type { InputRules } from './validation.js';

/*
 * dynalite's rules of inputs with what DynamoDB says otherwise since (the public suite dynamodb-conformance, May 2026).
 */

type Input = Readonly<Record<string, unknown>>;
type Check = (input: Input) => string | undefined;

/** Rules with other types of members, and a check before dynalite's own. */
function withChanges(
  rules: InputRules,
  types: InputRules['types'],
  check?: Check,
): InputRules & { types: InputRules['types'] } {
  return {
    types: { ...rules.types, ...types },
    custom: check ? (data: never, store: never) => check(data) ?? rules.custom?.(data, store) : rules.custom,
  };
}

const NAME = { type: 'String', regex: '[a-zA-Z0-9_.-]+', lengthLessThanOrEqual: 255 };
/** A table that is there may be named by its ARN, so that a name has no least length. */
const ITEM_TABLE = { TableName: { ...NAME, notNull: true, lengthGreaterThanOrEqual: 1 } };
export const OLD_TABLE = { TableName: { ...NAME, required: true, lengthGreaterThanOrEqual: 1 } };
export const newTableName = { ...NAME, required: true, lengthGreaterThanOrEqual: 3 };

const without = (type: object | string | undefined, ...names: readonly string[]): object =>
  Object.fromEntries(Object.entries(Object(type)).filter(([name]) => !names.includes(name)));

const failed = (value: string, path: string, constraint: string): string =>
  `1 validation error detected: Value${value} at '${path}' failed to satisfy constraint: ${constraint}`;

const lengthAtMost = (most: number): string => `Member must have length less than or equal to ${most}`;

export const getItemRules = withChanges(oldGetItemRules, ITEM_TABLE);
export const putItemRules = withChanges(oldPutItemRules, ITEM_TABLE);
export const updateItemRules = withChanges(oldUpdateItemRules, ITEM_TABLE);
export const deleteItemRules = withChanges(oldDeleteItemRules, ITEM_TABLE);
export const deleteTableRules = withChanges(oldDeleteTableRules, OLD_TABLE);
export const describeTableRules = withChanges(oldDescribeTableRules, OLD_TABLE);

export const scanRules = withChanges(oldScanRules, ITEM_TABLE, ({ Segment, TotalSegments }) =>
  Segment !== undefined && TotalSegments === undefined
    ? 'The TotalSegments parameter is required but was not present in the request when Segment parameter is present'
    : undefined,
);

export const queryRules = withChanges(
  oldQueryRules,
  { ...ITEM_TABLE, Limit: 'Integer' },
  // Of Query alone, without the value and with a capital.
  ({ Limit }) =>
    typeof Limit === 'number' && Limit < 1
      ? failed('', 'Limit', 'Member must have value greater than or equal to 1')
      : undefined,
);

const MOST_KEYS = 2;

export const createTableRules = withChanges(
  oldCreateTableRules,
  { TableName: newTableName, KeySchema: without(oldCreateTableRules.types.KeySchema, 'lengthLessThanOrEqual') },
  ({ KeySchema }) =>
    Array.isArray(KeySchema) && KeySchema.length > MOST_KEYS
      ? failed(` '${printed(KeySchema, 'KeySchemaElement')}'`, 'keySchema', lengthAtMost(MOST_KEYS))
      : undefined,
);

const isEmpty = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;
const required = (operation: string): string => `The requestItems parameter is required for ${operation}`;

const MOST_READ = 100;
const MOST_WRITTEN = 25;

const KEYS = { lengthLessThanOrEqual: 255, lengthGreaterThanOrEqual: 1, regex: NAME.regex };

const readItems = Object(oldBatchGetItemRules.types.RequestItems);

export const batchGetItemRules = withChanges(
  oldBatchGetItemRules,
  {
    RequestItems: {
      ...without(readItems, 'lengthGreaterThanOrEqual'),
      keys: KEYS,
      children: {
        ...readItems.children,
        children: {
          ...readItems.children.children,
          Keys: without(readItems.children.children.Keys, 'lengthLessThanOrEqual'),
        },
      },
    },
  },
  ({ RequestItems }) => {
    if (isEmpty(RequestItems)) return required('BatchGetItem');
    for (const [table, { Keys }] of Object.entries<{ readonly Keys: readonly unknown[] }>(Object(RequestItems))) {
      if (Keys.length > MOST_READ) return failed('', `RequestItems.${table}.member.Keys`, lengthAtMost(MOST_READ));
    }
    return undefined;
  },
);

export const batchWriteItemRules = withChanges(
  oldBatchWriteItemRules,
  {
    RequestItems: {
      ...without(oldBatchWriteItemRules.types.RequestItems, 'lengthGreaterThanOrEqual', 'values'),
      keys: KEYS,
    },
  },
  ({ RequestItems }) => {
    if (isEmpty(RequestItems)) return required('BatchWriteItem');
    const lists = Object.values<readonly unknown[]>(Object(RequestItems));
    if (lists.every(({ length }) => length >= 1 && length <= MOST_WRITTEN)) return undefined;
    const constraint = `[${lengthAtMost(MOST_WRITTEN)}, Member must have length greater than or equal to 1]`;
    const shown = printed(RequestItems, 'WriteRequest');
    return failed(` '${shown}'`, 'requestItems', `Map value must satisfy constraint: ${constraint}`);
  },
);
