import { commit, type Level, type Operation } from './database.js';
import { upgradedValue } from './stored-value.js';

const GROUP = 1 << 20;

/** Gives every value of the first format its checksum. One that was ended in between goes on where it was. */
export async function addChecksums(level: Level): Promise<void> {
  let operations: Operation[] = [];
  let size = 0;
  for await (const [key, stored] of level.iterator()) {
    const value = upgradedValue(key, stored);
    if (value === undefined) continue;
    operations.push({ type: 'put', key, value });
    size += value.length;
    if (size < GROUP) continue;
    await commit(level, operations);
    operations = [];
    size = 0;
  }
  await commit(level, operations);
}
