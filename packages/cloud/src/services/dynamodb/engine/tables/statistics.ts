import { type Item, sizeOf } from '../items/attribute-value.js';
import { isIndexed } from '../items/keys.js';
import { indexesOf, type Table } from './table.js';

export interface Count {
  items: number;
  bytes: number;
}

/** The counts of a table's contents in DescribeTable, and of its indexes' by their ids. */
export interface TableStatistics extends Count {
  readonly indexes: Map<string, Count>;
}

export const emptyStatistics = (): TableStatistics => ({ items: 0, bytes: 0, indexes: new Map() });

function add(count: Count, bytes: number, sign: 1 | -1): void {
  count.items += sign;
  count.bytes += sign * bytes;
}

/** Counts an item in, or out. */
export function countItem(statistics: TableStatistics, table: Table, item: Item, sign: 1 | -1): void {
  const bytes = sizeOf(item);
  add(statistics, bytes, sign);
  for (const index of indexesOf(table)) {
    if (!isIndexed(item, table, index)) continue;
    const count = statistics.indexes.get(index.id) ?? { items: 0, bytes: 0 };
    add(count, bytes, sign);
    statistics.indexes.set(index.id, count);
  }
}
