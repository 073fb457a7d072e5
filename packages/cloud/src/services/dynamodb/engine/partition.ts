import { randomUUID } from 'node:crypto';
import { Changes } from '../../../core/changes.js';
import { defined } from '../../../core/defined.js';
import type { Scope } from '../../../core/operation.js';
import type { Area, Range, Write } from '../../../core/store.js';
import { Committer } from './committer.js';
import { tableNotFound } from './errors.js';
import type { Item } from './items/attribute-value.js';
import { indexKey, isIndexed } from './items/keys.js';
import { type LockRequest, Locks } from './locks.js';
import { streamWrites } from './streams/stream-record.js';
import { countItem, emptyStatistics, type TableStatistics } from './tables/statistics.js';
import { type IndexOfTable, indexesOf, type Table } from './tables/table.js';
import { expiryEntry } from './tables/time-to-live.js';

/** The change that one operation makes to one item. */
export interface ItemChange {
  readonly table: Table;
  readonly key: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
  /** The sweep deletes expired items in the name of the service, which stream records tell. */
  readonly expired?: boolean;
}

export const paths = {
  table: (name: string): string => `table/${name}`,
  item: (table: Table, key: string): string => `item/${table.id}/${key}`,
  index: (index: IndexOfTable, key: string): string => `index/${index.id}/${key}`,
  /** Prefixes that a background sweep empties. */
  garbage: (prefix: string): string => `garbage/${prefix}`,
  token: (token: string): string => `token/${token}`,
};

/**
 * The tables of one account in one region: what every operation works on. Items, index entries, expiry entries and
 * stream records of an operation are written together or not at all.
 */
export class Partition implements Scope {
  readonly account: string;
  readonly region: string;
  readonly area: Area;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly locks = new Locks();
  /** Prefixes marked as garbage that an index is just being built below: should the process die, they are. */
  readonly underConstruction = new Set<string>();
  readonly #committer: Committer;
  readonly #tables = new Map<string, Table>();
  readonly #statistics = new Map<string, TableStatistics>();
  readonly #streams = new Map<string, Changes>();
  #lastSequence = 0n;

  constructor(scope: Scope, area: Area, now: () => number) {
    this.account = scope.account;
    this.region = scope.region;
    this.area = area;
    this.now = now;
    this.#committer = new Committer(area);
  }

  /** A table that is in memory: every one that was asked for since the start. */
  knownTable(name: string): Table | undefined {
    return this.#tables.get(name);
  }

  async findTable(name: string): Promise<Table | undefined> {
    const known = this.#tables.get(name);
    if (known) return known;
    const stored = await this.area.get<Table>(paths.table(name));
    if (stored) this.#tables.set(name, stored);
    return stored;
  }

  /** Throws ResourceNotFoundException in the words of operations on items. */
  async table(name: string): Promise<Table> {
    const table = this.#tables.get(name) ?? (await this.findTable(name));
    if (!table) throw tableNotFound();
    return table;
  }

  item(table: Table, key: string): Promise<Item | undefined> {
    return this.area.get<Item>(paths.item(table, key));
  }

  /** Items in the order of their keys. Bounds are keys below the table. */
  items(table: Table, range: Range): AsyncIterable<readonly [key: string, item: Item]> {
    return this.#below<Item>(`item/${table.id}/`, range);
  }

  /** The keys of the items in an index, in the order of the index. */
  entries(index: IndexOfTable, range: Range): AsyncIterable<readonly [key: string, itemKey: string]> {
    return this.#below<string>(`index/${index.id}/`, range);
  }

  async *#below<T>(prefix: string, range: Range): AsyncIterable<readonly [string, T]> {
    const { gt, gte, lt, lte, reverse, limit } = range;
    const bounds: Range = {
      ...(gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
      ...(lt !== undefined ? { lt: prefix + lt } : { lte: `${prefix}${lte ?? '~'}` }),
      ...(reverse && { reverse }),
      ...defined({ limit }),
    };
    for await (const [key, value] of this.area.range<T>(bounds)) yield [key.slice(prefix.length), value];
  }

  /** Runs with the locks held; they are free again when what it returns has settled. */
  async locked<T>(requests: readonly LockRequest[], run: () => Promise<T>): Promise<T> {
    const release = await this.locks.hold(requests);
    try {
      return await run();
    } finally {
      release();
    }
  }

  /** Nobody else creates, changes or deletes the table, or writes its items, meanwhile. */
  tableLocked<T>(name: string, run: () => Promise<T>): Promise<T> {
    return this.locked([{ name: `table/${name}`, mode: 'write' }], run);
  }

  /**
   * For operations that write items: the tables stay as they are, and the items are the caller's alone.
   * `tables` are those that `items` were found in; where one was replaced meanwhile, ResourceNotFoundException.
   */
  async itemsLocked<T>(
    items: readonly { readonly table: Table; readonly key: string }[],
    run: () => Promise<T>,
    mode: LockRequest['mode'] = 'write',
  ): Promise<T> {
    const requests = new Map<string, LockRequest>();
    for (const { table, key } of items) {
      requests.set(`table/${table.name}`, { name: `table/${table.name}`, mode: 'read' });
      requests.set(`item/${table.id}/${key}`, { name: `item/${table.id}/${key}`, mode });
    }
    return this.locked([...requests.values()], async () => {
      for (const { table } of items) {
        if ((await this.findTable(table.name))?.id !== table.id) throw tableNotFound();
      }
      return run();
    });
  }

  /** Writes changed items with all that hangs on them, and whatever else belongs to the operation, in one batch. */
  async commit(changes: readonly ItemChange[], others: readonly Write[] = []): Promise<void> {
    const writes: Write[] = [...others];
    for (const change of changes) {
      // The operation holds the table's lock, so the table as it is now is the one that counts.
      const table = this.#tables.get(change.table.name) ?? change.table;
      this.#itemWrites({ ...change, table }, writes);
    }
    await this.#committer.commit(writes);
    for (const { table } of changes) this.#streams.get(table.name)?.tell();
  }

  /** Notifies readers of a table's stream. */
  streamChanges(tableName: string): Changes {
    const known = this.#streams.get(tableName) ?? new Changes();
    this.#streams.set(tableName, known);
    return known;
  }

  /**
   * How much a table holds: counted when first asked for, then kept up to date. Approximate while writes go on during
   * the count, as it is on AWS.
   */
  async statistics(table: Table): Promise<TableStatistics> {
    const known = this.#statistics.get(table.id);
    if (known) return known;
    const counted = emptyStatistics();
    for await (const [, item] of this.items(table, {})) countItem(counted, table, item, 1);
    this.#statistics.set(table.id, counted);
    return counted;
  }

  #itemWrites({ table, key, before, after, expired = false }: ItemChange, writes: Write[]): void {
    if (!before && !after) return;
    writes.push({ key: paths.item(table, key), value: after });
    for (const index of indexesOf(table)) {
      const old = before && isIndexed(before, table, index) ? indexKey(before, table, index) : undefined;
      const current = after && isIndexed(after, table, index) ? indexKey(after, table, index) : undefined;
      if (old === current) continue;
      if (old !== undefined) writes.push({ key: paths.index(index, old), value: undefined });
      if (current !== undefined) writes.push({ key: paths.index(index, current), value: key });
    }
    const statistics = this.#statistics.get(table.id);
    if (statistics) {
      if (before) countItem(statistics, table, before, -1);
      if (after) countItem(statistics, table, after, 1);
    }
    const oldExpiry = before && expiryEntry(table, key, before);
    const expiry = after && expiryEntry(table, key, after);
    if (oldExpiry !== expiry) {
      if (oldExpiry !== undefined) writes.push({ key: oldExpiry, value: undefined });
      if (expiry !== undefined) writes.push({ key: expiry, value: key });
    }
    if (table.stream?.StreamEnabled) {
      writes.push(...streamWrites(this, table, { before, after, expired }, this.nextSequence()));
    }
  }

  /** Creates or replaces what is stored of a table, together with other writes. */
  async putTable(table: Table, others: readonly Write[] = []): Promise<void> {
    await this.#committer.commit([{ key: paths.table(table.name), value: table }, ...others]);
    // Indexes may have been added or removed: count again.
    if (this.#tables.get(table.name)) this.#statistics.delete(table.id);
    this.#tables.set(table.name, table);
    // Its stream may have ended.
    this.#streams.get(table.name)?.tell();
  }

  /** Forgets a table; the prefixes are emptied in the background. */
  async removeTable(table: Table, prefixes: readonly string[]): Promise<void> {
    await this.#committer.commit([{ key: paths.table(table.name), value: undefined }, ...garbage(prefixes)]);
    this.#tables.delete(table.name);
    this.#statistics.delete(table.id);
    this.#streams.get(table.name)?.tell();
  }

  write(writes: readonly Write[]): Promise<void> {
    return this.#committer.commit(writes);
  }

  /** Grows with every call and from one start to the next: twenty-one digits, as text in order. */
  nextSequence(): string {
    const floor = sequenceFloor(this.now());
    this.#lastSequence = this.#lastSequence >= floor ? this.#lastSequence + 1n : floor;
    return sequenceText(this.#lastSequence);
  }

  /** The lowest sequence number that can be of this time (epoch milliseconds) or later. */
  sequenceAt(time: number): string {
    return sequenceText(sequenceFloor(time));
  }

  /** Every table, in the order of the names. */
  async *tables(): AsyncIterable<Table> {
    for await (const [, table] of this.area.range<Table>({ gte: paths.table(''), lt: paths.table('~') })) {
      yield this.#tables.get(table.name) ?? table;
    }
  }

  newId(): string {
    return randomUUID();
  }
}

const sequenceFloor = (time: number): bigint => BigInt(Math.max(0, Math.floor(time))) * 1_000_000n;
const sequenceText = (sequence: bigint): string => sequence.toString().padStart(21, '0');

/** Writes that leave prefixes of keys to the background sweep. */
export function garbage(prefixes: readonly string[]): Write[] {
  return prefixes.map((prefix) => ({ key: paths.garbage(prefix), value: true }));
}
