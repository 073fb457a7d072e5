import type { Write } from '../../../../core/store.js';
import type { Item } from '../items/attribute-value.js';
import { garbage, type Partition, paths } from '../partition.js';
import type { Table } from './table.js';

const CHUNK = 1000;

/**
 * Fills a prefix with an entry for each item that has one, then stores the table that counts on it. Until then the
 * prefix is marked as garbage, so that a process that dies half-way leaves nothing. The caller holds the table's lock.
 */
export async function buildEntries(
  partition: Partition,
  table: Table,
  prefix: string,
  entryOf: (item: Item) => string | undefined,
  done: { readonly table: Table; readonly garbage?: readonly string[] },
): Promise<void> {
  partition.underConstruction.add(prefix);
  try {
    await partition.write(garbage([prefix]));
    let chunk: Write[] = [];
    for await (const [key, item] of partition.items(table, {})) {
      const entry = entryOf(item);
      if (entry !== undefined) chunk.push({ key: entry, value: key });
      if (chunk.length < CHUNK) continue;
      await partition.write(chunk);
      chunk = [];
    }
    await partition.putTable(done.table, [
      ...chunk,
      { key: paths.garbage(prefix), value: undefined },
      ...garbage(done.garbage ?? []),
    ]);
  } finally {
    partition.underConstruction.delete(prefix);
  }
}
