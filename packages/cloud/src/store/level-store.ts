import type { AbstractLevel } from 'abstract-level';
import type { Area, Range, Store, Write } from '../core/store.js';

/** LevelDB as classic-level and memory-level both give it: text keys, byte values. */
export type Level = AbstractLevel<Buffer | Uint8Array | string, string, Uint8Array>;

const JSON_VALUE = 0;
const BYTES_VALUE = 1;

function encode(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) {
    const bytes = Buffer.allocUnsafe(value.length + 1);
    bytes[0] = BYTES_VALUE;
    bytes.set(value, 1);
    return bytes;
  }
  const text = JSON.stringify(value);
  const bytes = Buffer.allocUnsafe(Buffer.byteLength(text) + 1);
  bytes[0] = JSON_VALUE;
  bytes.write(text, 1);
  return bytes;
}

function decode(bytes: Uint8Array): unknown {
  if (bytes[0] === BYTES_VALUE) return bytes.subarray(1);
  return JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset + 1, bytes.byteLength - 1).toString());
}

/** `/` parts areas, so a name that has one is escaped: area('a/b') is not area('a').area('b'). */
function escapeName(name: string): string {
  return /[%/]/.test(name) ? name.replaceAll('%', '%25').replaceAll('/', '%2F') : name;
}

/** The smallest key above every key with this prefix, which ends in `/`: `0` comes after `/`. */
function endOf(prefix: string): string {
  return `${prefix.slice(0, -1)}0`;
}

function rangeOf(prefix: string, { gt, gte, lt, lte, reverse, limit }: Range) {
  return {
    ...(gt !== undefined ? { gt: prefix + gt } : { gte: prefix + (gte ?? '') }),
    ...(lt !== undefined ? { lt: prefix + lt } : {}),
    ...(lte !== undefined ? { lte: prefix + lte } : {}),
    ...(lt === undefined && lte === undefined && prefix !== '' ? { lt: endOf(prefix) } : {}),
    reverse: reverse ?? false,
    limit: limit ?? -1,
  };
}

/** One write goes in as it is: LevelDB's batches take an object apart for each of theirs. */
function commit(level: Level, prefix: string, writes: readonly Write[]): Promise<void> {
  const [only] = writes;
  if (only && writes.length === 1) {
    const key = prefix + only.key;
    return only.value === undefined ? level.del(key) : level.put(key, encode(only.value));
  }
  return level.batch(
    writes.map(({ key, value }) =>
      value === undefined
        ? { type: 'del' as const, key: prefix + key }
        : { type: 'put' as const, key: prefix + key, value: encode(value) },
    ),
  );
}

function areaOf(level: Level, prefix: string): Area {
  return {
    // Reading in this thread takes 2 µs where the value is in memory; handing it to the thread pool and back takes 20.
    get: async <T>(key: string) => {
      const bytes = level.getSync(prefix + key);
      return bytes === undefined ? undefined : (decode(bytes) as T);
    },
    batch: (writes: readonly Write[]) => commit(level, prefix, writes),
    range: async function* <T>(range: Range) {
      for await (const [key, bytes] of level.iterator(rangeOf(prefix, range))) {
        yield [key.slice(prefix.length), decode(bytes) as T] as const;
      }
    },
    area: (name) => areaOf(level, `${prefix}${escapeName(name)}/`),
    keyOf: (key) => prefix + key,
  };
}

/** The store over an open LevelDB. */
export function levelStore(level: Level): Store {
  const root = areaOf(level, '');
  return {
    root,
    area: (account, region, service) => areaOf(level, `${account}/${region}/${escapeName(service)}/`),
    close: () => level.close(),
  };
}
