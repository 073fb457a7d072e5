import type { QueueName } from '../../../core/queue-name.js';
import type { InvocationTarget, Invoker } from '../invocation/invoker.js';
import { type FunctionRole, roleOf } from '../invocation/role-calls.js';
import { type EventFilter, eventFilter } from './event-filter.js';
import type { EventSourceMapping } from './event-source-mapping.js';
import { eventsOf } from './events.js';
import { reportedFailures } from './failure-report.js';
import { type Poller, Polling } from './poller.js';
import { QueueClient } from './queue-client.js';
import type { QueueEventRecord } from './queue-event.js';
import { compileQueuePattern } from './queue-filter.js';

/** Batches of one mapping at a time, unless it says: what Lambda starts with. */
const CONCURRENCY = 5;
/** Seconds of one long poll. */
const WAIT = 20;
/** Messages that one call receives. */
const MOST_RECEIVED = 10;

/** Hands the messages of a queue to a function, batch by batch. */
export class QueuePoller implements Poller {
  readonly finished: Promise<void>;
  readonly #polling: Polling;
  readonly #mapping: EventSourceMapping;
  readonly #client: QueueClient;
  readonly #wants: EventFilter<QueueEventRecord>;
  readonly #running = new Set<Promise<void>>();

  constructor(state: Invoker, mapping: EventSourceMapping, queue: QueueName) {
    this.#polling = new Polling(state, mapping);
    this.#mapping = mapping;
    this.#client = new QueueClient(state.context, queue);
    this.#wants = eventFilter(mapping.filters, compileQueuePattern);
    this.finished = this.#poll();
  }

  stop(): void {
    this.#polling.stop();
  }

  async #poll(): Promise<void> {
    await this.#polling.read(async (target) => {
      const records = await this.#batch(roleOf(target));
      if (records.length > 0) await this.#start(target, records);
      return 'more';
    });
    await Promise.all(this.#running);
  }

  /** Messages as they come, until the batch is full or its window has passed. */
  async #batch(role: FunctionRole): Promise<readonly QueueEventRecord[]> {
    const { batchSize, batchWindow } = this.#mapping;
    const { signal } = this.#polling;
    const records = [...(await this.#client.receive(role, Math.min(batchSize, MOST_RECEIVED), WAIT, signal))];
    if (records.length === 0 || batchWindow === 0) return records;
    const closing = AbortSignal.any([signal, AbortSignal.timeout(batchWindow * 1000)]);
    while (records.length < batchSize && !closing.aborted) {
      const most = Math.min(batchSize - records.length, MOST_RECEIVED);
      records.push(...(await this.#client.receive(role, most, WAIT, closing)));
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
    for (const { records, payload } of eventsOf(wanted)) {
      await this.#delete(target, () => this.#handled(target, records, payload));
    }
  }

  async #delete(target: InvocationTarget, handle: () => Promise<readonly QueueEventRecord[]>): Promise<void> {
    try {
      await this.#client.delete(roleOf(target), await handle());
    } catch (error) {
      this.#polling.tell((name) => `has messages that ${name} did not get, or that it cannot delete`, error);
    }
  }

  async #handled(target: InvocationTarget, records: readonly QueueEventRecord[], payload: Uint8Array) {
    const answer = await this.#polling.invoke(target, payload);
    if (answer.functionError !== undefined) return [];
    if (!this.#mapping.reportsFailures) return records;
    const ids = records.map(({ messageId }) => messageId);
    const failed = reportedFailures(ids, answer.payload);
    return failed === 'unreadable' ? [] : records.filter(({ messageId }) => !failed.includes(messageId));
  }
}
