import { createHash } from 'node:crypto';
import { failedWith } from '../../../core/aws-failure.js';
import { Changes } from '../../../core/changes.js';
import { defined } from '../../../core/defined.js';
import { isDestination, tellDestination } from '../asynchronous/destination.js';
import type { Invoker } from '../invocation/invoker.js';
import { RoleCalls, roleOf } from '../invocation/role-calls.js';
import { type DiscardCondition, discardedBatch, type LastInvocation } from './discarded-batch.js';
import type { EventFilter } from './event-filter.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import { eventsOf } from './events.js';
import { reportedFailures } from './failure-report.js';
import type { Polling } from './poller.js';
import { afterInvocation, type StreamBatch } from './stream-batch.js';
import type { StreamClient, StreamItem, StreamKind } from './stream-client.js';
import { StreamLane } from './stream-lane.js';
import { StreamProgress } from './stream-progress.js';

/** Milliseconds of one wait for records. */
const WAIT = 20_000;
/** Records that one call gets. */
const MOST_READ = 1000;
/** Records and bytes for each lane that are read ahead, so that one lane that is stuck does not hold up the others. */
const MOST_HELD = 1000;
const MOST_BYTES = 6_291_456;
/** Milliseconds after which a batch is tried again; doubled each time. */
const FIRST_RETRY = 200;
const LAST_RETRY = 60_000;

/** The part that the pollers of a stream's shards share. */
export interface ShardReading<R> {
  readonly state: Invoker;
  readonly polling: Polling;
  readonly mapping: EventSourceMapping;
  readonly reading: StreamReading;
  readonly kind: StreamKind<R>;
  readonly client: StreamClient<R>;
  readonly wants: EventFilter<R>;
}

/** How far a shard is handled. */
export interface ShardCheckpoint {
  /** The sequence number up to which it is; undefined before the first. */
  readonly load: () => Promise<string | undefined>;
  readonly save: (sequence: string) => Promise<void>;
}

/** Hands the records of one shard to a function, in the order of each partition key. */
export class ShardPoller<R> {
  readonly #given: ShardReading<R>;
  readonly #shardId: string;
  /** Milliseconds. */
  readonly #retention: number;
  readonly #checkpoint: ShardCheckpoint;
  readonly #calls: RoleCalls;
  readonly #lanes: readonly StreamLane<StreamItem<R>>[];
  readonly #progress = new StreamProgress();
  readonly #freed = new Changes();

  constructor(given: ShardReading<R>, shardId: string, retention: number, checkpoint: ShardCheckpoint) {
    this.#given = given;
    this.#shardId = shardId;
    this.#retention = retention;
    this.#checkpoint = checkpoint;
    this.#calls = new RoleCalls(given.state.context);
    const { mapping, reading, polling } = given;
    this.#lanes = Array.from(
      { length: reading.parallelization },
      () => new StreamLane(mapping.batchSize, mapping.batchWindow * 1000, polling.signal),
    );
  }

  /** @returns true once the shard has ended and all of it is handled; false where the reading was stopped */
  async poll(): Promise<boolean> {
    const { polling } = this.#given;
    const lanes = this.#lanes.map((lane) =>
      this.#handle(lane).catch((error: unknown) => {
        polling.tell((name) => `is not read for ${name} any more`, error);
      }),
    );
    await this.#read();
    for (const lane of this.#lanes) lane.end();
    await Promise.all(lanes);
    return !polling.signal.aborted && this.#progress.count === 0;
  }

  async #read(): Promise<void> {
    const { polling, client } = this.#given;
    let iterator: string | undefined;
    let last: string | undefined;
    await polling.read(async (target) => {
      const before = this.#freed.count;
      const most = this.#room();
      if (most <= 0) {
        await this.#freed.since(before, WAIT, polling.signal);
        return 'more';
      }
      last ??= await this.#checkpoint.load();
      const role = roleOf(target);
      const open = iterator ?? (await client.open(role, this.#shardId, last));
      // An iterator that did not work is not used again.
      iterator = undefined;
      try {
        const page = await client.read(role, this.#shardId, open, most, WAIT, polling.signal);
        await this.#accept(page.items);
        last = page.items.at(-1)?.sequence ?? last;
        if (page.iterator === undefined) return 'ended';
        iterator = page.iterator;
      } catch (error) {
        // Some records after the checkpoint have expired: continue with the oldest existing record.
        if (failedWith(error, 'TrimmedDataAccessException')) last = '';
        throw error;
      }
      return 'more';
    });
  }

  /** How many more records may be read ahead. */
  #room(): number {
    const { parallelization } = this.#given.reading;
    if (this.#progress.bytes >= MOST_BYTES * parallelization) return 0;
    const most = Math.max(MOST_HELD, this.#given.mapping.batchSize) * parallelization;
    return Math.min(MOST_READ, most - this.#progress.count);
  }

  async #accept(items: readonly StreamItem<R>[]): Promise<void> {
    for (const { sequence, bytes } of items) this.#progress.read(sequence, bytes);
    const wanted = new Set(items.filter(({ record }) => this.#given.wants(record)));
    await this.#settle(items.filter((item) => !wanted.has(item)));
    for (const [at, lane] of this.#lanes.entries()) lane.add([...wanted].filter((item) => this.#laneOf(item) === at));
  }

  #laneOf({ key }: StreamItem<R>): number {
    if (this.#lanes.length === 1) return 0;
    return createHash('sha1').update(key).digest().readUInt32BE() % this.#lanes.length;
  }

  async #handle(lane: StreamLane<StreamItem<R>>): Promise<void> {
    for await (const items of lane.batches()) {
      for (const event of eventsOf(items, ({ record }) => record)) await this.#handleBatch(event.records);
    }
  }

  /** Until all of its records are handled or given up, or the poller is stopped. */
  async #handleBatch(records: readonly StreamItem<R>[]): Promise<void> {
    let batches: readonly StreamBatch<StreamItem<R>>[] = [{ records, retries: 0, invocations: 0 }];
    let invocation: LastInvocation | undefined;
    let retry = FIRST_RETRY;
    while (!this.#given.polling.signal.aborted) {
      const [next, ...rest] = batches;
      if (next === undefined) return;
      const { expired, batch } = this.#withoutExpired(next);
      if (expired) await this.#discard(expired, 'RecordAgeExceeded', invocation);
      if (batch.records.length === 0) {
        batches = rest;
        continue;
      }
      const result = await this.#invoke(batch);
      if (result === undefined) {
        batches = [batch, ...rest];
      } else {
        // A function that was ended because the cloud stops has not failed.
        if (result.handled === 0 && this.#given.polling.signal.aborted) return;
        invocation = result.invocation;
        const { handled, again, lost } = afterInvocation(batch, result.handled, this.#given.reading);
        await this.#settle(handled);
        if (lost) await this.#discard(lost, 'RetryAttemptsExhausted', invocation);
        batches = [...again, ...rest];
        const waits = again.some(({ retries }) => retries > batch.retries);
        if (!waits) {
          retry = FIRST_RETRY;
          continue;
        }
      }
      await this.#given.polling.pause(retry);
      retry = Math.min(retry * 2, LAST_RETRY);
    }
  }

  /** @returns how many records the function handled, from the first on; undefined where it could not be invoked */
  async #invoke(
    batch: StreamBatch<StreamItem<R>>,
  ): Promise<{ readonly handled: number; readonly invocation: LastInvocation } | undefined> {
    const { records } = batch;
    try {
      const target = await this.#given.polling.target();
      const payload = Buffer.from(JSON.stringify({ Records: records.map(({ record }) => record) }));
      const { requestId, functionError, payload: answer } = await this.#given.polling.invoke(target, payload);
      return {
        handled: functionError === undefined ? this.#handledCount(records, answer) : 0,
        invocation: {
          requestId,
          executedVersion: target.version.version,
          ...defined({ functionError }),
        },
      };
    } catch (error) {
      this.#given.polling.tell((name) => `has records that ${name} did not get`, error);
      return undefined;
    }
  }

  #handledCount(records: readonly StreamItem<R>[], answer: Uint8Array): number {
    if (!this.#given.mapping.reportsFailures) return records.length;
    const sequences = records.map(({ sequence }) => sequence);
    const failed = reportedFailures(sequences, answer);
    if (failed === 'unreadable') return 0;
    return failed.reduce((lowest, each) => Math.min(lowest, sequences.indexOf(each)), records.length);
  }

  #withoutExpired(batch: StreamBatch<StreamItem<R>>) {
    const { maxAge } = this.#given.reading;
    const age = maxAge === -1 ? this.#retention : Math.min(maxAge * 1000, this.#retention);
    const oldest = this.#given.state.context.now() - age;
    const expired = batch.records.filter(({ arrival }) => arrival < oldest);
    if (expired.length === 0) return { batch };
    return {
      expired: { ...batch, records: expired },
      batch: { ...batch, records: batch.records.filter((record) => !expired.includes(record)) },
    };
  }

  async #discard(
    batch: StreamBatch<StreamItem<R>>,
    condition: DiscardCondition,
    invocation: LastInvocation | undefined,
  ): Promise<void> {
    const { onFailure } = this.#given.reading;
    if (onFailure !== undefined) {
      const now = this.#given.state.context.now();
      const { functionArn, uuid } = this.#given.mapping;
      const record = discardedBatch({
        batch,
        kind: this.#given.kind,
        condition,
        functionArn,
        streamArn: this.#given.mapping.eventSourceArn,
        shardId: this.#shardId,
        invocation,
        withPayload: isDestination(onFailure, ['s3']),
        now,
      });
      const folder = `aws/lambda/${uuid}/${this.#shardId}`;
      const message = { record, functionArn, succeeded: false, folder, now };
      try {
        await tellDestination(this.#calls, roleOf(await this.#given.polling.target()), onFailure, message);
      } catch (error) {
        this.#given.polling.tell(
          (name) => `has records of ${name} that were given up, which ${onFailure} was not told`,
          error,
        );
      }
    }
    await this.#settle(batch.records);
  }

  /** Remembers that records are handled, so that no restart hands them over again. */
  async #settle(records: readonly StreamItem<R>[]): Promise<void> {
    if (records.length === 0) return;
    const checkpoint = this.#progress.handle(records.map(({ sequence }) => sequence));
    this.#freed.tell();
    if (checkpoint !== undefined) await this.#checkpoint.save(checkpoint);
  }
}
