import type { Table } from '../tables/table.js';
import type { Item } from './attribute-value.js';
import { attributeOf } from './attribute-value.js';

export type ReturnItemCollectionMetrics = 'SIZE' | 'NONE' | undefined;

/** The items of one partition key of a table with local indexes, and how large they are together. */
export interface ItemCollectionMetrics {
  readonly ItemCollectionKey: Item;
  /** A lower and an upper bound. A collection of this cloud is far from the ten gigabytes that it may have. */
  readonly SizeEstimateRangeGB: readonly [number, number];
}

function metricsOf(table: Table, item: Item): ItemCollectionMetrics | undefined {
  const name = table.keySchema[0]?.AttributeName;
  const value = name === undefined ? undefined : attributeOf(item, name);
  if (name === undefined || value === undefined || table.localIndexes.length === 0) return undefined;
  return { ItemCollectionKey: { [name]: value }, SizeEstimateRangeGB: [0, 1] };
}

/** The ItemCollectionMetrics of an answer about one item, where the request wants them and its table has local indexes. */
export function collectionOf(wanted: ReturnItemCollectionMetrics, table: Table, item: Item) {
  const metrics = wanted === 'SIZE' ? metricsOf(table, item) : undefined;
  return metrics ? { ItemCollectionMetrics: metrics } : {};
}

/** The same of an answer about items of several tables, by their names. */
export function collectionsByTables(
  wanted: ReturnItemCollectionMetrics,
  changes: readonly { readonly table: Table; readonly before: Item | undefined; readonly after: Item | undefined }[],
) {
  if (wanted !== 'SIZE') return {};
  const byTable: Record<string, ItemCollectionMetrics[]> = {};
  for (const { table, before, after } of changes) {
    const metrics = metricsOf(table, after ?? before ?? {});
    if (metrics) byTable[table.name] = [...(byTable[table.name] ?? []), metrics];
  }
  return Object.keys(byTable).length > 0 ? { ItemCollectionMetrics: byTable } : {};
}
