import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import type { Area } from '../../../core/store.js';
import { RecordStore } from '../../../kit/record-store.js';
import { streamNotFound } from '../kinesis-error.js';
import { StreamLog } from '../records/stream-log.js';
import { type StreamName, streamArn } from './stream-name.js';
import { retentionOf, type StreamRecord } from './stream-record.js';

/** Milliseconds between two looks for records that are kept long enough. */
const SWEEP = 60_000;

/** The streams of every account and region, and their records. */
export class StreamStore {
  readonly #context: CloudContext;
  readonly #streams: RecordStore<StreamRecord>;
  readonly #records: Area;
  readonly #logs = new Map<string, StreamLog>();
  #sweeping: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#streams = new RecordStore<StreamRecord>(context.store.root.area('kinesis-streams'), streamArn);
    this.#records = context.store.root.area('kinesis-records');
  }

  async start(): Promise<void> {
    await this.#streams.load();
    // A deletion that was cut off is done to its end.
    for (const stream of [...this.#streams.all]) if (stream.deleting) await this.#remove(stream);
    this.#timer = setInterval(() => this.sweep(), SWEEP);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  find(name: StreamName): StreamRecord | undefined {
    const stream = this.#streams.find(streamArn(name));
    return stream?.deleting ? undefined : stream;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: StreamName): StreamRecord {
    const stream = this.find(name);
    if (stream) return stream;
    throw streamNotFound(name);
  }

  /** By name. */
  list(scope: Scope): readonly StreamRecord[] {
    return this.#streams.list(scope, ({ name }) => name).filter(({ deleting }) => !deleting);
  }

  /** Adds a stream, or changes it. */
  async put(stream: StreamRecord): Promise<void> {
    await this.#streams.put(stream);
    const { policy } = stream;
    if (policy !== undefined) {
      this.#context.reviewPolicy({ name: `the policy of ${streamArn(stream)}`, text: policy, kind: 'resource' });
    }
  }

  /** Changes a stream in one step. @throws AwsError ResourceNotFoundException */
  change(name: StreamName, change: (stream: StreamRecord) => StreamRecord): Promise<void> {
    return this.put(change(this.get(name)));
  }

  /** With its records. */
  async delete(name: StreamName): Promise<void> {
    const stream: StreamRecord = { ...this.get(name), deleting: true };
    await this.#streams.put(stream);
    await this.#remove(stream);
  }

  log({ id }: StreamRecord): StreamLog {
    const known = this.#logs.get(id) ?? new StreamLog(this.#records.area(id), this.#context.now);
    this.#logs.set(id, known);
    return known;
  }

  /** Removes the records that are kept long enough. Resolves when they are gone. */
  sweep(): Promise<void> {
    this.#sweeping = this.#sweeping.then(() => this.#trim());
    return this.#sweeping;
  }

  async #trim(): Promise<void> {
    for (const stream of [...this.#streams.all]) {
      const shards = stream.shards.map((shard, number) => ({ ...shard, number }));
      try {
        await this.log(stream).trim(shards, this.#context.now() - retentionOf(stream));
      } catch (error) {
        const message = `old records of ${streamArn(stream)} could not be removed: ${String(error)}`;
        this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
      }
    }
  }

  async #remove(stream: StreamRecord): Promise<void> {
    const log = this.log(stream);
    await log.destroy();
    this.#logs.delete(stream.id);
    // Readers that wait learn that there is nothing more.
    log.changes.tell();
    await this.#streams.delete(streamArn(stream));
  }
}
