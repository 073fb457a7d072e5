import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { Changes } from '../../../core/changes.js';
import { STREAM_RETENTION_MILLISECONDS } from '../../../kit/table-stream.js';
import { isDestination, tellDestination } from '../asynchronous/destination.js';
import type { Invoker } from '../invocation/invoker.js';
import { RoleCalls, roleOf } from '../invocation/role-calls.js';
import type { Checkpoint } from './checkpoint.js';
import { type DiscardCondition, discardedBatch, type LastInvocation } from './discarded-batch.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import type { EventSourceMapping, StreamReading } from './event-source-mapping.js';
import { eventsOf } from './events.js';
import { reportedFailures } from './failure-report.js';
import { type Poller, Polling } from './poller.js';
import { afterInvocation, type StreamBatch } from './stream-batch.js';
import { StreamLane } from './stream-lane.js';
import { StreamProgress } from './stream-progress.js';
import { type OpenStream, TableStreamClient } from './table-stream-client.js';
import { compileStreamPattern } from './table-stream-filter.js';
import { arrivalOf, type StreamEventRecord, sequenceOf } from './table-stream-record.js';

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

/** Hands the records of a table's stream to a function, in the order of each partition key. */
export class TableStreamPoller implements Poller {
  readonly finished: Promise<void>;
  readonly #state: Invoker;
  readonly #polling: Polling;
  readonly #mapping: EventSourceMapping;
  readonly #reading: StreamReading;
  readonly #checkpoint: Checkpoint;
  readonly #client: TableStreamClient;
  readonly #calls: RoleCalls;
  readonly #wants: EventFilter<StreamEventRecord>;
  readonly #lanes: readonly StreamLane<StreamEventRecord>[];
  readonly #progress = new StreamProgress();
  readonly #freed = new Changes();
  #shardId = '';

  constructor(
    state: Invoker,
    mapping: EventSourceMapping,
    reading: StreamReading,
    checkpoint: Checkpoint,
    previous: Promise<void>,
  ) {
    this.#state = state;
    this.#polling = new Polling(state, mapping);
    this.#mapping = mapping;
    this.#reading = reading;
    this.#checkpoint = checkpoint;
    this.#client = new TableStreamClient(state.context, mapping.eventSourceArn);
    this.#calls = new RoleCalls(state.context);
    this.#wants = eventFilter(mapping.filters, compileStreamPattern);
    this.#lanes = Array.from(
      { length: reading.parallelization },
      () => new StreamLane(mapping.batchSize, mapping.batchWindow * 1000, this.#polling.signal),
    );
    this.finished = this.#poll(previous);
  }

  stop(): void {
    this.#polling.stop();
  }

  async #poll(previous: Promise<void>): Promise<void> {
    await previous;
    const lanes = this.#lanes.map((lane) =>
      this.#handle(lane).catch((error: unknown) => {
        this.#polling.tell((name) => `is not read for ${name} any more`, error);
      }),
    );
    await this.#read();
    for (const lane of this.#lanes) lane.end();
    await Promise.all(lanes);
  }

  async #read(): Promise<void> {
    let stream: OpenStream | undefined;
    let last: string | undefined;
    await this.#polling.read(async (target) => {
      const before = this.#freed.count;
      const most = this.#room();
      if (most <= 0) {
        await this.#freed.since(before, WAIT, this.#polling.signal);
        return 'more';
      }
      last ??= (await this.#checkpoint.load()) ?? this.#reading.startAfter ?? '';
      const role = roleOf(target);
      const open = stream ?? (await this.#client.open(role, last));
      this.#shardId = open.shardId;
      // An iterator that did not work is not used again.
      stream = undefined;
      try {
        const { records, iterator } = await this.#client.read(role, open.iterator, most, WAIT, this.#polling.signal);
        await this.#accept(records, open.partitionKey);
        const newest = records.at(-1);
        if (newest) last = sequenceOf(newest);
        if (iterator === undefined) return 'ended';
        stream = { ...open, iterator };
      } catch (error) {
        // Some records after the checkpoint have expired: continue with the oldest existing record.
        if (error instanceof AwsError && error.code === 'TrimmedDataAccessException') last = '';
        throw error;
      }
      return 'more';
    });
  }

  /** How many more records may be read ahead. */
  #room(): number {
    const { parallelization } = this.#reading;
    if (this.#progress.bytes >= MOST_BYTES * parallelization) return 0;
    const most = Math.max(MOST_HELD, this.#mapping.batchSize) * parallelization;
    return Math.min(MOST_READ, most - this.#progress.count);
  }

  async #accept(records: readonly StreamEventRecord[], partitionKey: string): Promise<void> {
    for (const record of records) this.#progress.read(sequenceOf(record), record.dynamodb.SizeBytes);
    const wanted = new Set(records.filter(this.#wants));
    await this.#settle(records.filter((record) => !wanted.has(record)));
    for (const [at, lane] of this.#lanes.entries()) {
      lane.add([...wanted].filter((record) => this.#laneOf(record, partitionKey) === at));
    }
  }

  #laneOf({ dynamodb }: StreamEventRecord, partitionKey: string): number {
    if (this.#lanes.length === 1) return 0;
    const key = JSON.stringify(dynamodb.Keys[partitionKey]);
    return createHash('sha1').update(key).digest().readUInt32BE() % this.#lanes.length;
  }

  async #handle(lane: StreamLane<StreamEventRecord>): Promise<void> {
    for await (const records of lane.batches()) {
      for (const event of eventsOf(records)) await this.#handleBatch(event.records);
    }
  }

  /** Until all of its records are handled or given up, or the poller is stopped. */
  async #handleBatch(records: readonly StreamEventRecord[]): Promise<void> {
    let batches: readonly StreamBatch<StreamEventRecord>[] = [{ records, retries: 0, invocations: 0 }];
    let invocation: LastInvocation | undefined;
    let retry = FIRST_RETRY;
    while (!this.#polling.signal.aborted) {
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
        if (result.handled === 0 && this.#polling.signal.aborted) return;
        invocation = result.invocation;
        const { handled, again, lost } = afterInvocation(batch, result.handled, this.#reading);
        await this.#settle(handled);
        if (lost) await this.#discard(lost, 'RetryAttemptsExhausted', invocation);
        batches = [...again, ...rest];
        const waits = again.some(({ retries }) => retries > batch.retries);
        if (!waits) {
          retry = FIRST_RETRY;
          continue;
        }
      }
      await this.#polling.pause(retry);
      retry = Math.min(retry * 2, LAST_RETRY);
    }
  }

  /** @returns how many records the function handled, from the first on; undefined where it could not be invoked */
  async #invoke(
    batch: StreamBatch<StreamEventRecord>,
  ): Promise<{ readonly handled: number; readonly invocation: LastInvocation } | undefined> {
    const { records } = batch;
    try {
      const target = await this.#polling.target();
      const payload = Buffer.from(JSON.stringify({ Records: records }));
      const { requestId, functionError, payload: answer } = await this.#polling.invoke(target, payload);
      return {
        handled: functionError === undefined ? this.#handledCount(records, answer) : 0,
        invocation: {
          requestId,
          executedVersion: target.version.version,
          ...(functionError !== undefined && { functionError }),
        },
      };
    } catch (error) {
      this.#polling.tell((name) => `has records that ${name} did not get`, error);
      return undefined;
    }
  }

  #handledCount(records: readonly StreamEventRecord[], answer: Uint8Array): number {
    if (!this.#mapping.reportsFailures) return records.length;
    const sequences = records.map(sequenceOf);
    const failed = reportedFailures(sequences, answer);
    if (failed === 'unreadable') return 0;
    return failed.reduce((lowest, each) => Math.min(lowest, sequences.indexOf(each)), records.length);
  }

  #withoutExpired(batch: StreamBatch<StreamEventRecord>) {
    const { maxAge } = this.#reading;
    const longest = STREAM_RETENTION_MILLISECONDS;
    const age = maxAge === -1 ? longest : Math.min(maxAge * 1000, longest);
    const oldest = this.#state.context.now() - age;
    const expired = batch.records.filter((record) => arrivalOf(record) < oldest);
    if (expired.length === 0) return { batch };
    return {
      expired: { ...batch, records: expired },
      batch: { ...batch, records: batch.records.filter((record) => !expired.includes(record)) },
    };
  }

  async #discard(
    batch: StreamBatch<StreamEventRecord>,
    condition: DiscardCondition,
    invocation: LastInvocation | undefined,
  ): Promise<void> {
    const { onFailure } = this.#reading;
    if (onFailure !== undefined) {
      const now = this.#state.context.now();
      const { functionArn, uuid } = this.#mapping;
      const record = discardedBatch({
        batch,
        condition,
        functionArn,
        streamArn: this.#mapping.eventSourceArn,
        shardId: this.#shardId,
        invocation,
        withPayload: isDestination(onFailure, ['s3']),
        now,
      });
      const folder = `aws/lambda/${uuid}/${this.#shardId}`;
      const message = { record, functionArn, succeeded: false, folder, now };
      try {
        await tellDestination(this.#calls, roleOf(await this.#polling.target()), onFailure, message);
      } catch (error) {
        this.#polling.tell(
          (name) => `has records of ${name} that were given up, which ${onFailure} was not told`,
          error,
        );
      }
    }
    await this.#settle(batch.records);
  }

  /** Remembers that records are handled, so that no restart hands them over again. */
  async #settle(records: readonly StreamEventRecord[]): Promise<void> {
    if (records.length === 0) return;
    const checkpoint = this.#progress.handle(records.map(sequenceOf));
    this.#freed.tell();
    if (checkpoint !== undefined) await this.#checkpoint.save(checkpoint);
  }
}
