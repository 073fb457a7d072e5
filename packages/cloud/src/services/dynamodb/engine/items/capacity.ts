import { type IndexOfTable, indexesOf, keyNames, type Table } from '../tables/table.js';
import { type Item, sizeOf } from './attribute-value.js';
import { valuesEqual } from './compare.js';
import { indexKey, isIndexed } from './keys.js';
import { projected } from './read-item.js';

export type ReturnConsumedCapacity = 'INDEXES' | 'TOTAL' | 'NONE' | undefined;

type Units = Readonly<Record<string, { readonly CapacityUnits: number }>>;

export interface ConsumedCapacity {
  readonly TableName: string;
  readonly CapacityUnits: number;
  readonly Table?: { readonly CapacityUnits: number };
  readonly LocalSecondaryIndexes?: Units;
  readonly GlobalSecondaryIndexes?: Units;
}

/** The cost of one read or write: of the table itself, and of each index by its name. */
export interface Cost {
  readonly table: Table;
  readonly units: number;
  readonly indexes?: ReadonlyMap<string, number>;
}

export const isWanted = (wanted: ReturnConsumedCapacity): boolean => wanted === 'TOTAL' || wanted === 'INDEXES';

const kilobytes = (...items: readonly (Item | undefined)[]): number =>
  Math.max(1, Math.ceil(Math.max(...items.map((item) => (item ? sizeOf(item) : 0))) / 1024));

/** The attributes an index holds; undefined where it holds all. */
export function heldBy(index: IndexOfTable, table: Table): readonly string[] | undefined {
  const { ProjectionType, NonKeyAttributes = [] } = index.Projection;
  if (ProjectionType === 'ALL') return undefined;
  return [...keyNames(table.keySchema), ...keyNames(index.KeySchema), ...NonKeyAttributes];
}

/** A new or removed entry is one write, a moved entry is two, an entry whose attributes do not change is zero. */
function indexUnits(table: Table, index: IndexOfTable, before: Item | undefined, after: Item | undefined): number {
  const names = heldBy(index, table);
  const entryOf = (item: Item | undefined): Item | undefined =>
    item && isIndexed(item, table, index) ? (names ? projected(item, { AttributesToGet: names }) : item) : undefined;
  const old = entryOf(before);
  const current = entryOf(after);
  if (!old && !current) return 0;
  if (!old || !current) return kilobytes(old ?? current);
  if (indexKey(old, table, index) !== indexKey(current, table, index)) return kilobytes(old) + kilobytes(current);
  return valuesEqual({ M: old }, { M: current }) ? 0 : kilobytes(old, current);
}

/**
 * The cost of a write: one unit for each kilobyte of the larger of the item before and after; the same for its indexes.
 * @param factor transactions write everything twice
 */
export function writeCost(table: Table, before: Item | undefined, after: Item | undefined, factor = 1): Cost {
  const indexes = new Map(
    indexesOf(table).map((index) => [index.IndexName, factor * indexUnits(table, index, before, after)]),
  );
  return { table, units: factor * kilobytes(before, after), indexes };
}

/** Units of a read: one for every four kilobytes, half of that if eventually consistent. */
export function readUnits(bytes: number, consistent: boolean | undefined): number {
  return Math.max(1, Math.ceil(bytes / 4096)) * (consistent ? 1 : 0.5);
}

function unitsBy(indexes: readonly IndexOfTable[], costs: ReadonlyMap<string, number>): Units | undefined {
  const used = indexes.filter(({ IndexName }) => (costs.get(IndexName) ?? 0) > 0);
  if (used.length === 0) return undefined;
  return Object.fromEntries(used.map(({ IndexName }) => [IndexName, { CapacityUnits: costs.get(IndexName) ?? 0 }]));
}

function describe(wanted: ReturnConsumedCapacity, { table, units, indexes = new Map() }: Cost): ConsumedCapacity {
  const total = [...indexes.values()].reduce((sum, count) => sum + count, units);
  const LocalSecondaryIndexes = unitsBy(table.localIndexes, indexes);
  const GlobalSecondaryIndexes = unitsBy(table.globalIndexes, indexes);
  return {
    TableName: table.name,
    CapacityUnits: total,
    ...(wanted === 'INDEXES' && {
      Table: { CapacityUnits: units },
      ...(LocalSecondaryIndexes && { LocalSecondaryIndexes }),
      ...(GlobalSecondaryIndexes && { GlobalSecondaryIndexes }),
    }),
  };
}

/** The ConsumedCapacity of an answer about one table, where the request wants one. */
export function consumed(
  wanted: ReturnConsumedCapacity,
  cost: () => Cost,
): { readonly ConsumedCapacity?: ConsumedCapacity } {
  return isWanted(wanted) ? { ConsumedCapacity: describe(wanted, cost()) } : {};
}

/** The ConsumedCapacity of an answer about several tables, where the request wants one: one entry a table. */
export function consumedByTables(
  wanted: ReturnConsumedCapacity,
  costs: () => readonly Cost[],
): { readonly ConsumedCapacity?: readonly ConsumedCapacity[] } {
  if (!isWanted(wanted)) return {};
  const totals = new Map<string, Cost>();
  for (const cost of costs()) {
    const sum = totals.get(cost.table.name);
    const indexes = new Map(sum?.indexes);
    for (const [name, units] of cost.indexes ?? []) indexes.set(name, (indexes.get(name) ?? 0) + units);
    totals.set(cost.table.name, { table: cost.table, units: (sum?.units ?? 0) + cost.units, indexes });
  }
  return { ConsumedCapacity: [...totals.values()].map((cost) => describe(wanted, cost)) };
}
