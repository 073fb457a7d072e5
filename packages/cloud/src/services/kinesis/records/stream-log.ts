import { Changes } from '../../../core/changes.js';
import type { Area } from '../../../core/store.js';
import type { Place } from '../../../kit/data-stream.js';
import { OrderedWrites } from '../../../kit/ordered-writes.js';
import type { NumberedShard } from '../streams/shard.js';
import { indexAt, parseSequence, sequenceNumber } from './sequence-number.js';

/** A record as a producer gives it, and the shard that it goes to. */
export interface NewRecord {
  readonly shard: NumberedShard;
  readonly partitionKey: string;
  readonly data: Uint8Array;
}

/** A record as it is stored. Its sequence number is the end of its key. */
interface StoredRecord {
  readonly partitionKey: string;
  /** Base64. */
  readonly data: string;
  /** When it came in, in epoch milliseconds. */
  readonly time: number;
}

/** A record as consumers get it. */
export interface DataRecord {
  readonly sequence: string;
  readonly partitionKey: string;
  readonly data: Uint8Array;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** Keys that are removed in one batch. */
const REMOVED_AT_ONCE = 1000;

const shardKey = (shard: number): string => shard.toString(16).padStart(8, '0');

/**
 * The records of one stream. A record is durable, and seen by readers, when the promise of its `put` resolves; records of a
 * shard are seen in their order.
 */
export class StreamLog {
  readonly changes = new Changes();
  readonly #area: Area;
  readonly #now: () => number;
  readonly #writes = new OrderedWrites();
  /** The index of the last record of a shard. */
  readonly #last = new Map<number, Promise<bigint>>();

  /** @param area where the records of this stream alone are */
  constructor(area: Area, now: () => number) {
    this.#area = area;
    this.#now = now;
  }

  /** Appends records. @returns their sequence numbers */
  async put(records: readonly NewRecord[]): Promise<readonly string[]> {
    const shards = new Map(records.map(({ shard }) => [shard.number, shard]));
    const last = new Map<number, bigint>();
    for (const shard of shards.values()) last.set(shard.number, await this.#lastIndex(shard));
    const time = this.#now();
    const writes = records.map(({ shard, partitionKey, data }) => {
      const index = this.#nextIndex(shard, last, time);
      const sequence = sequenceNumber({ created: shard.created, shard: shard.number, index, time });
      const value: StoredRecord = { partitionKey, data: Buffer.from(data).toString('base64'), time };
      return { sequence, key: `${shardKey(shard.number)}/${sequence}`, value };
    });
    await this.#writes.write(this.#area, writes);
    this.changes.tell();
    return writes.map(({ sequence }) => sequence);
  }

  /** The records from a place on, without those that are older than they are kept. @param oldest epoch milliseconds */
  async *read(shard: NumberedShard, { sequence, behind }: Place, oldest: number): AsyncGenerator<DataRecord> {
    const prefix = `${shardKey(shard.number)}/`;
    const first = this.placeAt(shard, oldest).sequence;
    const from = sequence < first ? { gte: prefix + first } : { [behind ? 'gt' : 'gte']: prefix + sequence };
    for await (const [key, record] of this.#area.range<StoredRecord>({ ...from, lt: `${prefix}~` })) {
      const { partitionKey, data, time } = record;
      yield { sequence: key.slice(prefix.length), partitionKey, data: Buffer.from(data, 'base64'), time };
    }
  }

  /** Where the records of a moment begin. @param time epoch milliseconds */
  placeAt({ created, number }: NumberedShard, time: number): Place {
    const moment = Math.max(created, time);
    return {
      sequence: sequenceNumber({ created, shard: number, index: indexAt(time), time: moment }),
      behind: false,
    };
  }

  /** Behind the last record that was put. */
  async latest(shard: NumberedShard): Promise<Place> {
    const time = Math.max(shard.created, this.#now());
    const index = await this.#lastIndex(shard);
    // Whatever is put from here on has a greater index than both.
    const at = index > indexAt(time) ? index : indexAt(time) - 1n;
    return { sequence: sequenceNumber({ created: shard.created, shard: shard.number, index: at, time }), behind: true };
  }

  /** When the last record of a shard came in, in epoch milliseconds; undefined where there is none. */
  async lastTime(shard: NumberedShard): Promise<number | undefined> {
    for await (const [, { time }] of this.#area.range<StoredRecord>(this.#backwards(shard))) return time;
    return undefined;
  }

  /** Removes the records that came in before a moment. @param oldest epoch milliseconds */
  async trim(shards: readonly NumberedShard[], oldest: number): Promise<void> {
    for (const shard of shards) {
      const prefix = `${shardKey(shard.number)}/`;
      await this.#remove({ gte: prefix, lt: prefix + this.placeAt(shard, oldest).sequence });
    }
  }

  /** Removes every record. */
  destroy(): Promise<void> {
    return this.#remove({});
  }

  async #remove(range: { readonly gte?: string; readonly lt?: string }): Promise<void> {
    for (;;) {
      const keys: string[] = [];
      for await (const [key] of this.#area.range({ ...range, limit: REMOVED_AT_ONCE })) keys.push(key);
      if (keys.length === 0) return;
      await this.#writes.write(
        this.#area,
        keys.map((key) => ({ key, value: undefined })),
      );
    }
  }

  #nextIndex(shard: NumberedShard, known: ReadonlyMap<number, bigint>, time: number): bigint {
    const before = this.#given.get(shard.number) ?? known.get(shard.number) ?? 0n;
    const now = indexAt(time);
    const index = before < now ? now : before + 1n;
    this.#given.set(shard.number, index);
    return index;
  }

  /** The indexes that were given out since the start; they are ahead of what is stored. */
  readonly #given = new Map<number, bigint>();

  async #lastIndex(shard: NumberedShard): Promise<bigint> {
    const given = this.#given.get(shard.number);
    if (given !== undefined) return given;
    const found = this.#last.get(shard.number) ?? this.#storedIndex(shard);
    this.#last.set(shard.number, found);
    const stored = await found;
    return this.#given.get(shard.number) ?? stored;
  }

  async #storedIndex(shard: NumberedShard): Promise<bigint> {
    for await (const [key] of this.#area.range(this.#backwards(shard))) {
      return parseSequence(key.slice(key.indexOf('/') + 1))?.index ?? 0n;
    }
    return 0n;
  }

  #backwards({ number }: NumberedShard) {
    const prefix = `${shardKey(number)}/`;
    return { gte: prefix, lt: `${prefix}~`, reverse: true, limit: 1 };
  }
}
