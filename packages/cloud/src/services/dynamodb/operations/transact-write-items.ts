import { createHash } from 'node:crypto';
import type { Scope } from '../../../core/operation.js';
import { type ItemAccess, itemAccess } from '../access.js';
import { validationError } from '../engine/errors.js';
import { consumedByTables, type ReturnConsumedCapacity, writeCost } from '../engine/items/capacity.js';
import { collectionsByTables, type ReturnItemCollectionMetrics } from '../engine/items/item-collection.js';
import {
  type Conditional,
  type ItemWrite,
  type KeyInput,
  type PutInput,
  prepareCheck,
  prepareDelete,
  preparePut,
  prepareUpdate,
  type UpdateInput,
} from '../engine/items/item-write.js';
import type { Table } from '../engine/tables/table.js';
import { part, refuseCancelled, refuseDuplicates, transact } from '../engine/transactions/transaction.js';
import { canonicalJson } from '../input/canonical-json.js';
import { attributesOfCheck, attributesOfUpdate } from '../input/named-attributes.js';
import {
  deleteItemRules as deleteRules,
  putItemRules as putRules,
  updateItemRules as updateRules,
} from '../input/rules.js';
import { withPlainTables } from '../input/table-names.js';
import { checkCustom, parseInput, returnValuesOnConditionCheckFailure } from '../input/validation.js';
import { dynamoDbOperation } from '../service-state.js';

interface TransactWriteItem {
  readonly Put?: PutInput;
  readonly Delete?: KeyInput;
  readonly Update?: UpdateInput;
  readonly ConditionCheck?: KeyInput;
}

interface TransactWriteItemsInput {
  readonly TransactItems: readonly TransactWriteItem[];
  readonly ClientRequestToken?: string;
  readonly ReturnConsumedCapacity?: ReturnConsumedCapacity;
  readonly ReturnItemCollectionMetrics?: ReturnItemCollectionMetrics;
}

/** The input that all four kinds of part share, from dynalite's rules of the operation of each kind. */
function partTypes(name: string, rules: typeof putRules, members: readonly string[], required: readonly string[]) {
  const shared = ['TableName', 'ConditionExpression', 'ExpressionAttributeNames', 'ExpressionAttributeValues'];
  const children = Object.fromEntries(
    [...shared, ...members].map((member) => {
      const type = rules.types[member];
      return [member, required.includes(member) && typeof type === 'object' ? { ...type, notNull: true } : type];
    }),
  );
  return { type: `FieldStruct<${name}>`, children: { ...children, ...returnValuesOnConditionCheckFailure } };
}

const types = {
  TransactItems: {
    type: 'List',
    notNull: true,
    lengthGreaterThanOrEqual: 1,
    lengthLessThanOrEqual: 100,
    children: {
      type: 'ValueStruct<TransactWriteItem>',
      children: {
        ConditionCheck: partTypes('ConditionCheck', deleteRules, ['Key'], ['ConditionExpression']),
        Put: partTypes('Put', putRules, ['Item'], []),
        Delete: partTypes('Delete', deleteRules, ['Key'], []),
        Update: partTypes('Update', updateRules, ['Key', 'UpdateExpression'], ['UpdateExpression']),
      },
    },
  },
  ClientRequestToken: { type: 'String', lengthGreaterThanOrEqual: 1, lengthLessThanOrEqual: 36 },
  ReturnConsumedCapacity: { type: 'String', enum: ['INDEXES', 'TOTAL', 'NONE'] },
  ReturnItemCollectionMetrics: { type: 'String', enum: ['SIZE', 'NONE'] },
};

function parse(given: unknown, scope: Scope): TransactWriteItemsInput & { readonly _request: string } {
  // The digest is taken of what was sent, before the parser adds to it.
  const sent = createHash('sha256')
    .update(canonicalJson(withoutToken(given)))
    .digest('base64');
  const input = parseInput<TransactWriteItemsInput>(withPlainTables(given, scope), { types });
  for (const item of input.TransactItems) {
    if (Object.keys(item).length !== 1) {
      throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
    }
    checkCustom(item.Put, putRules);
    checkCustom(item.Delete ?? item.ConditionCheck, deleteRules);
    checkCustom(item.Update, updateRules);
  }
  return { ...input, _request: sent };
}

function withoutToken(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { ClientRequestToken: _, ...request } = raw as Record<string, unknown>;
  return request;
}

const PART_ACTIONS = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'] as const;

interface Part {
  readonly action: (typeof PART_ACTIONS)[number];
  readonly input: Conditional;
  readonly access: Pick<ItemAccess, 'keys' | 'attributes'>;
  readonly prepare: (table: Table) => ItemWrite;
}

function partOf({ Put, Delete, Update, ConditionCheck }: TransactWriteItem): Part {
  if (Put) {
    const attributes = () => [...Object.keys(Put.Item), ...attributesOfCheck(Put)];
    return {
      action: 'PutItem',
      input: Put,
      access: { keys: [Put.Item], attributes },
      prepare: (table) => preparePut(Put, table),
    };
  }
  if (Update) {
    const attributes = () => [...Object.keys(Update.Key), ...attributesOfUpdate(Update)];
    return {
      action: 'UpdateItem',
      input: Update,
      access: { keys: [Update.Key], attributes },
      prepare: (table) => prepareUpdate(Update, table),
    };
  }
  const input = Delete ?? ConditionCheck;
  if (!input) throw validationError('TransactItems can only contain one of Check, Put, Update or Delete');
  const access = { keys: [input.Key], attributes: () => [...Object.keys(input.Key), ...attributesOfCheck(input)] };
  return Delete
    ? { action: 'DeleteItem', input, access, prepare: (table) => prepareDelete(input, table) }
    : { action: 'ConditionCheckItem', input, access, prepare: (table) => prepareCheck(input, table) };
}

export const transactWriteItems = dynamoDbOperation({
  name: 'TransactWriteItems',
  parse,
  access: (row) =>
    PART_ACTIONS.map((action) =>
      itemAccess(row, action, ['EnclosingOperation', 'LeadingKeys', 'ReturnValues'], (input) =>
        input.TransactItems.map(partOf)
          .filter((part) => part.action === action)
          .map(({ input: { TableName }, access }) => ({
            TableName,
            ...access,
            enclosingOperation: 'TransactWriteItems',
            returnConsumedCapacity: input.ReturnConsumedCapacity,
          })),
      ),
    ),
  handle: async (input, call, state) => {
    const partition = state.partition(call);
    const parts = await Promise.all(
      input.TransactItems.map(partOf).map(async ({ input: { TableName }, prepare }) => {
        const table = await partition.table(TableName);
        return part(() => prepare(table));
      }),
    );
    refuseCancelled(parts.map(({ reason }) => reason));
    const writes = parts.flatMap((prepared) => ('value' in prepared ? [prepared.value] : []));
    refuseDuplicates(writes);
    const token = input.ClientRequestToken ? { name: input.ClientRequestToken, request: input._request } : undefined;
    const changes = await transact(partition, writes, token);
    return {
      ...consumedByTables(input.ReturnConsumedCapacity, () =>
        changes.map(({ table, before, after }) => writeCost(table, before, after, 2)),
      ),
      ...collectionsByTables(input.ReturnItemCollectionMetrics, changes),
    };
  },
});
