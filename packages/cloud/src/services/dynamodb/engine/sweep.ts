import type { Write } from '../../../core/store.js';
import { STREAM_RETENTION_MILLISECONDS } from '../../../kit/table-stream.js';
import { type Partition, paths } from './partition.js';
import { streamPrefix } from './streams/stream-record.js';
import { indexesOf, type Table } from './tables/table.js';
import { expiryPrefix, expirySeconds, OLDEST_EXPIRY_SECONDS } from './tables/time-to-live.js';
import type { TransactionToken } from './transactions/transaction.js';

const AFTER = '~';
const CHUNK = 1000;

/** Everything that is stored below a table. */
export function prefixesOf(table: Table): string[] {
  return [
    paths.item(table, ''),
    ...indexesOf(table).map((index) => paths.index(index, '')),
    ...(table.timeToLive ? [expiryPrefix(table.timeToLive)] : []),
    `stream/${table.id}/`,
  ];
}

async function empty(partition: Partition, range: { gte: string; lt: string }, signal: AbortSignal): Promise<void> {
  for (;;) {
    const keys: string[] = [];
    for await (const [key] of partition.area.range({ ...range, limit: CHUNK })) keys.push(key);
    if (keys.length === 0 || signal.aborted) return;
    await partition.write(keys.map((key): Write => ({ key, value: undefined })));
  }
}

/** Removes what deleted tables and indexes left. What is cut off goes on with the next sweep. */
export async function sweepGarbage(partition: Partition, signal: AbortSignal): Promise<void> {
  const start = paths.garbage('');
  const marks: string[] = [];
  for await (const [mark] of partition.area.range({ gte: start, lt: start + AFTER })) marks.push(mark);
  for (const mark of marks) {
    const prefix = mark.slice(start.length);
    if (partition.underConstruction.has(prefix)) continue;
    await empty(partition, { gte: prefix, lt: prefix + AFTER }, signal);
    if (signal.aborted) return;
    await partition.write([{ key: mark, value: undefined }]);
  }
}

/** Deletes the items of a table that have expired, each as a deletion by the service. Returns how many. */
export async function sweepExpired(partition: Partition, table: Table, signal: AbortSignal): Promise<number> {
  if (!table.timeToLive) return 0;
  const prefix = expiryPrefix(table.timeToLive);
  const seconds = partition.now() / 1000;
  const range = {
    gte: prefix + expirySeconds(seconds - OLDEST_EXPIRY_SECONDS),
    lt: prefix + expirySeconds(seconds),
  };
  const due: (readonly [entry: string, key: string])[] = [];
  for await (const entry of partition.area.range<string>({ ...range, limit: CHUNK })) due.push(entry);
  let deleted = 0;
  for (const [entry, key] of due) {
    if (signal.aborted) break;
    await partition.itemsLocked([{ table, key }], async () => {
      // The item may have been given a new time since.
      if ((await partition.area.get(entry)) === undefined) return;
      const before = await partition.item(table, key);
      await partition.commit([{ table, key, before, after: undefined, expired: true }]);
      deleted++;
    });
  }
  return deleted;
}

export async function sweepStream(partition: Partition, table: Table, signal: AbortSignal): Promise<void> {
  if (!table.stream) return;
  const prefix = streamPrefix(table, table.stream.label);
  const oldest = partition.sequenceAt(partition.now() - STREAM_RETENTION_MILLISECONDS);
  await empty(partition, { gte: prefix, lt: prefix + oldest }, signal);
}

/** Idempotency tokens of transactions that have run out. */
export async function sweepTokens(partition: Partition, signal: AbortSignal): Promise<void> {
  const start = paths.token('');
  const stale: Write[] = [];
  for await (const [key, { expires }] of partition.area.range<TransactionToken>({ gte: start, lt: start + AFTER })) {
    if (expires <= partition.now()) stale.push({ key, value: undefined });
    if (signal.aborted) return;
  }
  if (stale.length > 0) await partition.write(stale);
}

/** Everything that is due in one account and region. */
export async function sweep(partition: Partition, signal: AbortSignal): Promise<void> {
  await sweepGarbage(partition, signal);
  await sweepTokens(partition, signal);
  for await (const table of partition.tables()) {
    if (signal.aborted) return;
    await sweepExpired(partition, table, signal);
    await sweepStream(partition, table, signal);
  }
}
