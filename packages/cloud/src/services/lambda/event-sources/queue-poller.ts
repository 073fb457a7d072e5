import { setTimeout as pause } from 'node:timers/promises';
import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import type { QueueName } from '../../sqs/queue-name.js';
import { type FunctionReference, parseFunctionName } from '../function-name.js';
import { type InvocationTarget, type Invoker, invocationOf, invokeFunction } from '../invocation-request.js';
import type { EventSourceMapping } from './event-source-mapping.js';
import { QueueClient, type QueueReader } from './queue-client.js';
import { handled, type QueueEventRecord, queueEvents } from './queue-event.js';
import { type QueueFilter, queueFilter } from './queue-filter.js';

/** Batches of one mapping at a time, unless it says: what Lambda starts with. */
const CONCURRENCY = 5;
/** Seconds of one long poll. */
const WAIT = 20;
/** Messages that one call receives. */
const MOST_RECEIVED = 10;
/** Milliseconds after which a queue that could not be read is tried again; doubled each time. */
const FIRST_RETRY = 1000;
const LAST_RETRY = 60_000;

/** Who reads the queue for a function. */
export function readerOf({ reference, version }: InvocationTarget): QueueReader {
  const { account, region, name } = reference;
  return { account, region, roleArn: version.role, functionName: name };
}

/** Hands the messages of a queue to a function, batch by batch, until it is stopped. */
export class QueuePoller {
  readonly #state: Invoker;
  readonly #mapping: EventSourceMapping;
  readonly #reference: FunctionReference;
  readonly #client: QueueClient;
  readonly #wants: QueueFilter;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #done: Promise<void>;
  #told = '';

  constructor(state: Invoker, mapping: EventSourceMapping, queue: QueueName) {
    this.#state = state;
    this.#mapping = mapping;
    this.#reference = parseFunctionName(mapping.functionArn, undefined, mapping);
    this.#client = new QueueClient(state.context, queue);
    this.#wants = queueFilter(mapping.filters);
    this.#done = this.#poll();
  }

  /** Reads nothing more. `finished` says when what was read is handled. */
  stop(): void {
    this.#stopping.abort();
  }

  get finished(): Promise<void> {
    return this.#done;
  }

  async #poll(): Promise<void> {
    let retry = FIRST_RETRY;
    while (!this.#stopping.signal.aborted) {
      try {
        const target = await invocationOf(this.#state, this.#reference);
        const records = await this.#batch(readerOf(target));
        retry = FIRST_RETRY;
        if (records.length > 0) await this.#start(target, records);
      } catch (error) {
        this.#tell(`cannot be read for ${this.#reference.name}`, error);
        await pause(retry, undefined, { signal: this.#stopping.signal }).catch(() => {});
        retry = Math.min(retry * 2, LAST_RETRY);
      }
    }
    await Promise.all(this.#running);
  }

  /** Messages as they come, until the batch is full or its window has passed. */
  async #batch(reader: QueueReader): Promise<readonly QueueEventRecord[]> {
    const { batchSize, batchWindow } = this.#mapping;
    const { signal } = this.#stopping;
    const records = [...(await this.#client.receive(reader, Math.min(batchSize, MOST_RECEIVED), WAIT, signal))];
    if (records.length === 0 || batchWindow === 0) return records;
    const closing = AbortSignal.any([signal, AbortSignal.timeout(batchWindow * 1000)]);
    while (records.length < batchSize && !closing.aborted) {
      const most = Math.min(batchSize - records.length, MOST_RECEIVED);
      records.push(...(await this.#client.receive(reader, most, WAIT, closing)));
    }
    return records;
  }

  /** Resolves when there is room for another batch. */
  async #start(target: InvocationTarget, records: readonly QueueEventRecord[]): Promise<void> {
    const running = this.#handle(target, records).finally(() => this.#running.delete(running));
    this.#running.add(running);
    while (this.#running.size >= (this.#mapping.maxConcurrency ?? CONCURRENCY)) await Promise.race(this.#running);
  }

  /** Deletes what the filters leave out and what the function handled; the rest is seen again after the queue's visibility timeout. */
  async #handle(target: InvocationTarget, batch: readonly QueueEventRecord[]): Promise<void> {
    const wanted = batch.filter(this.#wants);
    const unwanted = batch.filter((record) => !wanted.includes(record));
    if (unwanted.length > 0) await this.#delete(target, async () => unwanted);
    for (const { records, payload } of queueEvents(wanted)) {
      await this.#delete(target, () => this.#invoke(target, records, payload));
    }
  }

  async #delete(target: InvocationTarget, handle: () => Promise<readonly QueueEventRecord[]>): Promise<void> {
    try {
      await this.#client.delete(readerOf(target), await handle());
    } catch (error) {
      this.#tell(`has messages that ${this.#reference.name} did not get, or that it cannot delete`, error);
    }
  }

  async #invoke(target: InvocationTarget, records: readonly QueueEventRecord[], payload: Uint8Array) {
    const result = await invokeFunction(this.#state, target, { requestId: randomId.uuid(), payload });
    if (result.kind === 'stream') {
      const chunks: Uint8Array[] = [];
      for await (const chunk of result.body) chunks.push(chunk);
      return handled(records, Buffer.concat(chunks), this.#mapping.reportsFailures);
    }
    if (result.functionError !== undefined) return [];
    return handled(records, result.payload, this.#mapping.reportsFailures);
  }

  /** Once for each reason, in the terminal. */
  #tell(what: string, error: unknown): void {
    if (this.#stopping.signal.aborted) return;
    const message = `${this.#mapping.eventSourceArn} ${what}: ${error instanceof AwsError ? error.message : String(error)}`;
    if (message === this.#told) return;
    this.#told = message;
    this.#state.context.emit({ kind: 'warning', time: this.#state.context.now(), message });
  }
}
