import {
  type AccessRow,
  type Asked,
  anything,
  type ConditionKeys,
  type RowMaker,
  type Target,
} from '../../core/access.js';
import { defined } from '../../core/defined.js';
import type { Call, Scope } from '../../core/operation.js';
import { type AttributeValue, attributeOf, type Item, scalarOf } from './engine/items/attribute-value.js';
import type { Table } from './engine/tables/table.js';
import { tableArn } from './engine/tables/table.js';
import type { TableInput } from './input/validation.js';
import type { DynamoDbState } from './service-state.js';

/** The table an input means, which a TableName that is an ARN may place in another account or region. */
export function arnOfTable({ TableName, _tableScope }: TableInput, { account, region }: Scope): string {
  const [ownAccount = account, ownRegion = region] = _tableScope?.split('/') ?? [];
  return tableArn(ownAccount, ownRegion, TableName);
}

type TableRow<Input> = RowMaker<DynamoDbState, Input>;
type TableKeys<Input> = ConditionKeys<DynamoDbState, Input, TableTarget>;

interface TableTarget extends Target {
  readonly table: string;
}

/** A table's own policy, for accesses to the table, its indexes and its stream. */
function policyOfTable(name: string, call: Call, state: DynamoDbState): () => Promise<string | undefined> {
  return async () => (await state.partition(call).findTable(name))?.resourcePolicy;
}

const resourceTags: TableKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, call, state }) => (await state.partition(call).findTable(target.table))?.tags,
};

/** For operations that do one thing to one table as a whole. */
export function tableAccess<Input extends TableInput>(
  row: TableRow<Input>,
  action: string,
  keys: TableKeys<NoInfer<Input>> = {},
  applies: (input: Input) => boolean = () => true,
): AccessRow<DynamoDbState, Input> {
  return row<TableTarget>({
    action: `dynamodb:${action}`,
    type: 'table',
    on: (input, call, state) =>
      applies(input)
        ? {
            resource: arnOfTable(input, call),
            resourcePolicy: policyOfTable(input.TableName, call, state),
            table: input.TableName,
          }
        : undefined,
    keys: { ...resourceTags, ...keys },
  });
}

const TABLE_IN_ARN = /:table\/([^/]+)/;

/** For operations on the table or stream of an ARN. */
export function arnAccess<Input>(
  row: TableRow<Input>,
  action: string,
  type: 'table' | 'stream',
  arnOf: (input: Input) => string,
  keys: TableKeys<NoInfer<Input>> = {},
): AccessRow<DynamoDbState, Input> {
  return row<TableTarget>({
    action: `dynamodb:${action}`,
    type,
    on: (input) => {
      const resource = arnOf(input);
      return { resource, table: TABLE_IN_ARN.exec(resource)?.[1] ?? '' };
    },
    keys: { ...resourceTags, ...keys },
  });
}

/** For operations that have no resource. */
export const anyAccess = <Input>(row: TableRow<Input>, action: string) =>
  row({ action: `dynamodb:${action}`, on: anything });

/** Which table an input means. */
export const tableOf = ({ TableName, _tableScope }: TableInput): TableInput => ({
  TableName,
  ...defined({ _tableScope }),
});

/** The parts of a request that DynamoDB's condition keys can restrict. */
export interface ItemAccess extends TableInput {
  /** Keys or items: their partition keys are `dynamodb:LeadingKeys`. */
  readonly keys?: readonly Item[];
  /** The same of a statement: the values to which a condition restricts an attribute; undefined where it does not. */
  readonly valuesOf?: (attribute: string) => readonly AttributeValue[] | undefined;
  /** Every top-level attribute that the request names. */
  readonly attributes: () => Iterable<string>;
  readonly select?: string | undefined;
  readonly returnValues?: string | undefined;
  readonly returnConsumedCapacity?: string | undefined;
  /** The operation that an action is part of: `TransactWriteItems` */
  readonly enclosingOperation?: string;
  /** True of a statement that reads a whole table where it does not restrict the partition key. */
  readonly mayScan?: boolean;
  readonly indexName?: string | undefined;
}

interface ItemTarget extends TableTarget {
  readonly access: ItemAccess;
}

function leadingKeys(table: Table | undefined, { keys = [], valuesOf, indexName }: ItemAccess): string[] {
  const index = [...(table?.globalIndexes ?? []), ...(table?.localIndexes ?? [])].find(
    ({ IndexName }) => IndexName === indexName,
  );
  const name = (index?.KeySchema ?? table?.keySchema)?.[0]?.AttributeName;
  if (name === undefined) return [];
  const ofItems = keys.map((key) => attributeOf(key, name)).filter((value) => value !== undefined);
  const values = valuesOf ? (valuesOf(name) ?? []) : ofItems;
  return [...new Set(values.map(scalarOf))];
}

const leadingKeysOf = async ({ target, call, state }: Asked<DynamoDbState, unknown, ItemTarget>): Promise<string[]> =>
  leadingKeys(await state.partition(call).findTable(target.table), target.access);

const ITEM_KEYS = {
  'dynamodb:Attributes': ({ target }) => [...new Set(target.access.attributes())],
  'dynamodb:EnclosingOperation': ({ target }) => target.access.enclosingOperation,
  'dynamodb:FullTableScan': async (asked) =>
    asked.target.access.mayScan ? String((await leadingKeysOf(asked)).length === 0) : undefined,
  'dynamodb:LeadingKeys': leadingKeysOf,
  'dynamodb:ReturnConsumedCapacity': ({ target }) => target.access.returnConsumedCapacity,
  'dynamodb:ReturnValues': ({ target }) => target.access.returnValues,
  'dynamodb:Select': ({ target }) => target.access.select,
} satisfies ConditionKeys<DynamoDbState, unknown, ItemTarget>;

/** The condition keys of DynamoDB that AWS gives an action beside those of every action on items. */
type OwnKey =
  | 'EnclosingOperation'
  | 'FullTableScan'
  | 'LeadingKeys'
  | 'ReturnConsumedCapacity'
  | 'ReturnValues'
  | 'Select';

/** Access to items of tables, or of their indexes, with the condition keys of DynamoDB. */
export function itemAccess<Input>(
  row: TableRow<Input>,
  action: string,
  own: readonly OwnKey[],
  itemsOf: (input: Input) => ItemAccess | readonly ItemAccess[],
): AccessRow<DynamoDbState, Input> {
  return statementAccess(row, action, ['ReturnConsumedCapacity', ...own], itemsOf);
}

/** The same of the statements of PartiQL, whose actions do not all know what capacity is asked for. */
export function statementAccess<Input>(
  row: TableRow<Input>,
  action: string,
  own: readonly OwnKey[],
  itemsOf: (input: Input) => ItemAccess | readonly ItemAccess[],
): AccessRow<DynamoDbState, Input> {
  const names = ['Attributes', ...own] as const;
  return row<ItemTarget>({
    action: `dynamodb:${action}`,
    type: 'table',
    on: (input, call, state) =>
      [itemsOf(input)].flat().map((access) => {
        const arn = arnOfTable(access, call);
        return {
          resource: access.indexName === undefined ? arn : `${arn}/index/${access.indexName}`,
          resourcePolicy: policyOfTable(access.TableName, call, state),
          table: access.TableName,
          access,
        };
      }),
    keys: {
      ...resourceTags,
      ...Object.fromEntries(names.map((name) => [`dynamodb:${name}`, ITEM_KEYS[`dynamodb:${name}`]] as const)),
    },
  });
}
