import { defined } from '../core/defined.js';
import type { Area, Range, Store } from '../core/store.js';
import type { Database, Level } from './database.js';
import { storeFailure } from './store-failure.js';
import { decodeValue, encodeValue } from './stored-value.js';

/** `/` parts areas, so a name that has one is escaped: area('a/b') is not area('a').area('b'). */
function escapeName(name: string): string {
  return /[%/]/.test(name) ? name.replaceAll('%', '%25').replaceAll('/', '%2F') : name;
}

/** The smallest key above every key with this prefix, which ends in `/`: `0` comes after `/`. */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

interface LevelRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse: boolean;
  readonly limit: number;
}

function rangeOf(prefix: string, { gt, gte, lt, lte, reverse, limit }: Range): LevelRange {
  return {
    ...(gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
    ...(lt !== undefined ? { lt: prefix + lt } : {}),
    ...(lte !== undefined ? { lte: prefix + lte } : {}),
    ...(lt === undefined && lte === undefined && prefix !== '' ? { lt: endOf(prefix) } : {}),
    reverse: reverse ?? false,
    limit: limit ?? -1,
  };
}

/** The rest of a range of which `count` entries up to `last` were read. */
function restOf(range: LevelRange, last: string, count: number): LevelRange {
  const { gt, gte, lt, lte, reverse, limit } = range;
  const bounds = reverse
    ? { ...defined({ gt }), ...defined({ gte }), lt: last }
    : { gt: last, ...defined({ lt }), ...defined({ lte }) };
  return { ...bounds, reverse, limit: limit < 0 ? limit : limit - count };
}

const shortened = (key: string): string => JSON.stringify(key.length > 120 ? `${key.slice(0, 120)}…` : key);

function decoded<T>(database: Database, key: string, bytes: Uint8Array): T {
  try {
    return decodeValue(key, bytes) as T;
  } catch (error) {
    throw storeFailure(database.name, shortened(key), 'read', error);
  }
}

async function* entriesOf(database: Database, range: LevelRange): AsyncGenerator<[key: string, value: Uint8Array]> {
  let rest = range;
  for (;;) {
    const level = await database.level();
    let last: string | undefined;
    let count = 0;
    try {
      for await (const entry of level.iterator(rest)) {
        [last] = entry;
        count++;
        yield entry;
      }
      return;
    } catch (error) {
      // Closed beneath it to be opened again: the rest is read from there.
      if ((await database.level()) === level) throw storeFailure(database.name, 'a range of keys', 'read', error);
    }
    if (last !== undefined) rest = restOf(rest, last, count);
    if (rest.limit === 0) return;
  }
}

function areaOf(database: Database, prefix: string): Area {
  const valueAt = (level: Level, key: string): Uint8Array | undefined => {
    try {
      return level.getSync(key);
    } catch (error) {
      throw storeFailure(database.name, shortened(key), 'read', error);
    }
  };
  return {
    // Reading in this thread takes 2 µs where the value is in memory; handing it to the thread pool and back takes 20.
    get: async <T>(key: string) => {
      const opened = database.level();
      const level = opened instanceof Promise ? await opened : opened;
      const bytes = valueAt(level, prefix + key);
      return bytes === undefined ? undefined : decoded<T>(database, prefix + key, bytes);
    },
    batch: (writes) =>
      database.write(
        writes.map(({ key: name, value }) => {
          const key = prefix + name;
          return value === undefined ? { type: 'del', key } : { type: 'put', key, value: encodeValue(key, value) };
        }),
      ),
    range: async function* <T>(range: Range) {
      for await (const [key, bytes] of entriesOf(database, rangeOf(prefix, range))) {
        yield [key.slice(prefix.length), decoded<T>(database, key, bytes)] as const;
      }
    },
    area: (name) => areaOf(database, `${prefix}${escapeName(name)}/`),
    keyOf: (key) => prefix + key,
  };
}

/** The store over an open LevelDB. */
export function levelStore(database: Database): Store {
  return {
    root: areaOf(database, ''),
    area: (account, region, service) => areaOf(database, `${account}/${region}/${escapeName(service)}/`),
    close: database.close,
  };
}
