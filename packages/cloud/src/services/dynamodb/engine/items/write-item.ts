import type { Partition } from '../partition.js';
import type { Item } from './attribute-value.js';
import { checkCondition, type ItemWrite } from './item-write.js';

export interface Written {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/** Does one write: reads the item, checks the condition, and commits the item with all that hangs on it. */
export function writeItem(partition: Partition, { table, key, input, apply }: ItemWrite): Promise<Written> {
  return partition.itemsLocked([{ table, key }], async () => {
    const before = await partition.item(table, key);
    checkCondition(input, before);
    const after = apply(before);
    await partition.commit([{ table, key, before, after }]);
    return { before, after };
  });
}
