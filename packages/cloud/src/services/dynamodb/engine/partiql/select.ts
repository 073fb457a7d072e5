import { defined } from '../../../../core/defined.js';
import { validationError } from '../errors.js';
import { meets } from '../expressions/condition.js';
import type { AttributeValue, Item } from '../items/attribute-value.js';
import { sizeOf } from '../items/attribute-value.js';
import { type Cost, readUnits } from '../items/capacity.js';
import { type DocumentPath, valueAt } from '../items/document-path.js';
import { keyConditions, rangeOf } from '../items/key-condition.js';
import { itemKey } from '../items/keys.js';
import { indexOf, type PageInput, readPage } from '../items/page.js';
import { startAfter } from '../items/start-key.js';
import type { Partition } from '../partition.js';
import { type KeySchema, keyNames, type Table } from '../tables/table.js';
import { conjunctionOf, itemOfWhere, queriesOfWhere } from './key-of-where.js';
import type { SelectStatement } from './statement.js';
import { conditionOf } from './write.js';

export interface SelectInput extends Pick<PageInput, 'ConsistentRead' | 'Limit'> {
  readonly TableName: string;
  /** Where to go on: the query of those of an IN, and the last key of the page before. */
  readonly start?: SelectPlace | undefined;
}

export interface SelectPlace {
  readonly query: number;
  readonly key?: Item;
}

export interface Selected {
  readonly items: readonly Item[];
  /** Where the next page begins; undefined on the last one. */
  readonly next?: SelectPlace | undefined;
  readonly costs: readonly Cost[];
}

/** One page of a SELECT: queries where the WHERE names a partition key, else a scan. */
export async function select(
  partition: Partition,
  table: Table,
  statement: SelectStatement,
  { start = { query: 0 }, ...input }: SelectInput,
): Promise<Selected> {
  const { where, paths } = statement;
  const page: PageInput = {
    ...input,
    ...defined({ IndexName: statement.index }),
    ...(paths && { AttributesToGet: [...new Set(paths.map(([head]) => String(head)))] }),
    ReturnConsumedCapacity: 'TOTAL',
  };
  const index = indexOf(table, page);
  const keySchema = index?.KeySchema ?? table.keySchema;
  const queried = queriesOfWhere(where, keySchema);
  const filter = queried ? conjunctionOf(queried.rest) : where;
  const reverse = isReverse(statement, keySchema, queried !== undefined);
  const ranges = queried
    ? queried.queries.map((conditions) => rangeOf(keyConditions(table, keySchema, conditions)))
    : [{}];
  const items: Item[] = [];
  const costs: Cost[] = [];
  let left = input.Limit ?? Number.POSITIVE_INFINITY;
  for (let query = start.query; query < ranges.length; query++) {
    const after = query === start.query && start.key ? startAfter(start.key, table, index) : undefined;
    const { gte, lt, ...range } = ranges[query] ?? {};
    const bounds = {
      ...range,
      ...(after !== undefined && !reverse ? { gt: after } : gte !== undefined && { gte }),
      ...(after !== undefined && reverse ? { lt: after } : lt !== undefined && { lt }),
      reverse,
    };
    const one = { ...page, ...(filter && { _filter: conditionOf(filter) }), ...(left < Infinity && { Limit: left }) };
    const read = await readPage(partition, table, one, { index, range: bounds });
    items.push(...(read.Items ?? []).map((item) => shown(item, paths)));
    costs.push(costOf(table, index?.IndexName, read.ConsumedCapacity?.CapacityUnits ?? 0));
    left -= read.ScannedCount;
    const key = read.LastEvaluatedKey;
    if (key) return { items, costs, next: { query, key } };
    if (left <= 0 && query + 1 < ranges.length) return { items, costs, next: { query: query + 1 } };
  }
  return { items, costs };
}

const costOf = (table: Table, index: string | undefined, units: number): Cost =>
  index === undefined ? { table, units } : { table, units: 0, indexes: new Map([[index, units]]) };

/** True if the items come in the descending order of the sort key. */
function isReverse({ order }: SelectStatement, keySchema: KeySchema, isQuery: boolean): boolean {
  if (order.length === 0) return false;
  if (!isQuery)
    throw validationError(
      'Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.',
    );
  const names = keyNames(keySchema);
  const other = order.find(({ name }) => !names.includes(name));
  if (other)
    throw validationError(`Variable reference ${other.name} in ORDER BY clause must be part of the primary key`);
  return order.some(({ name, descending }) => name === names[1] && descending);
}

/** The attributes that a SELECT names: a value inside of another one by the last step to it. */
function shown(item: Item, paths: readonly DocumentPath[] | undefined): Item {
  if (paths === undefined) return item;
  const chosen: Record<string, AttributeValue> = {};
  for (const [place, path] of paths.entries()) {
    const value = valueAt(item, path);
    const last = path.at(-1);
    if (value) chosen[typeof last === 'string' ? last : `_${place + 1}`] = value;
  }
  return chosen;
}

export interface SelectedItem {
  readonly item: Item | undefined;
  readonly cost: Cost;
}

/** A SELECT of one item, which its whole key names: in batches and transactions. */
export function selectItem(
  partition: Partition,
  table: Table,
  { where, paths, index }: SelectStatement,
  what: string,
): {
  readonly key: string;
  readonly read: (consistent: boolean | undefined, factor?: number) => Promise<SelectedItem>;
} {
  const named = index === undefined ? itemOfWhere(where, table.keySchema) : undefined;
  if (named === undefined)
    throw validationError(`Select statements within ${what} must specify the primary key in the where clause.`);
  const condition = conjunctionOf(named.rest);
  const key = itemKey(named.key, table);
  return {
    key,
    read: async (consistent, factor = 1) => {
      const found = await partition.item(table, key);
      const item = found && (condition === undefined || meets(found, condition)) ? shown(found, paths) : undefined;
      return { item, cost: { table, units: factor * readUnits(found ? sizeOf(found) : 0, consistent) } };
    },
  };
}
