import type { Invoker } from '../invocation/invoker.js';
import { roleOf } from '../invocation/role-calls.js';
import { type Checkpoint, ENDED } from './checkpoint.js';
import { eventFilter } from './event-filter.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import { type Poller, Polling } from './poller.js';
import { ShardPoller, type ShardReading } from './shard-poller.js';
import type { StreamKind, StreamShards } from './stream-client.js';

/** Hands the records of a stream to a function: shard by shard, and those of a shard after those of its parents. */
export class StreamPoller<R> implements Poller {
  readonly finished: Promise<void>;
  readonly #given: ShardReading<R>;
  readonly #checkpoint: Checkpoint;
  readonly #reading = new Map<string, Promise<void>>();
  readonly #ended = new Set<string>();

  constructor(
    state: Invoker,
    mapping: EventSourceMapping,
    reading: StreamReading,
    kind: StreamKind<R>,
    checkpoint: Checkpoint,
    previous: Promise<void>,
  ) {
    const polling = new Polling(state, mapping);
    const client = kind.client(state.context, mapping, reading);
    const wants = eventFilter(mapping.filters, kind.compilePattern);
    this.#given = { state, polling, mapping, reading, kind, client, wants };
    this.#checkpoint = checkpoint;
    this.finished = this.#poll(previous);
  }

  stop(): void {
    this.#given.polling.stop();
  }

  async #poll(previous: Promise<void>): Promise<void> {
    await previous;
    const { polling, client } = this.#given;
    // A shard that ends may have children, so the stream is looked at again.
    await polling.read(async (target) => {
      const found = await client.shards(roleOf(target));
      await this.#begin(found);
      if (this.#reading.size === 0) return 'ended';
      await Promise.race(this.#reading.values());
      return 'more';
    });
    await Promise.all(this.#reading.values());
  }

  /** Begins to read what is not read yet and has no parent that is. */
  async #begin({ shards, retention }: StreamShards): Promise<void> {
    const there = new Set(shards.map(({ id }) => id));
    for (const { id } of shards) if ((await this.#load(id)) === ENDED) this.#ended.add(id);
    for (const { id, parents } of shards) {
      const isDue = parents.every((parent) => this.#ended.has(parent) || !there.has(parent));
      if (this.#ended.has(id) || this.#reading.has(id) || !isDue) continue;
      this.#reading.set(id, this.#read(id, retention));
    }
  }

  async #read(id: string, retention: number): Promise<void> {
    const { polling, kind } = this.#given;
    const checkpoint = { load: () => this.#load(id), save: (sequence: string) => this.#save(sequence, id) };
    try {
      if (!(await new ShardPoller(this.#given, id, retention, checkpoint).poll())) return;
      if (!kind.hasOneShard) await this.#save(ENDED, id);
      this.#ended.add(id);
    } catch (error) {
      polling.tell((name) => `is not read for ${name} any more`, error);
    } finally {
      this.#reading.delete(id);
    }
  }

  #load(id: string): Promise<string | undefined> {
    return this.#checkpoint.load(this.#given.kind.hasOneShard ? undefined : id);
  }

  #save(sequence: string, id: string): Promise<void> {
    return this.#checkpoint.save(sequence, this.#given.kind.hasOneShard ? undefined : id);
  }
}
