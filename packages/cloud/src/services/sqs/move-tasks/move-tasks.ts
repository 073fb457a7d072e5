import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { parseQueueArn, type QueueName } from '../../../core/queue-name.js';
import { randomId } from '../../../core/random-id.js';
import type { Area } from '../../../core/store.js';
import type { QueuedMessage } from '../message.js';
import type { MessageQueue } from '../message-queue.js';
import { queueKey } from '../queue-name.js';
import type { QueueStore } from '../queue-store.js';
import { failureCode } from '../sqs-error.js';
import type { MoveTask } from './move-task.js';

/** SQS keeps the ten latest tasks of a queue ("ListMessageMoveTasks" of the SQS API reference). */
const KEPT = 10;

type NewTask = Pick<MoveTask, 'source' | 'destination' | 'rate'>;

const isActive = ({ status }: MoveTask): boolean => status === 'RUNNING' || status === 'CANCELLING';

/** The tasks that move messages out of dead-letter queues. A task that a stop cut off goes on at the next start. */
export class MoveTasks {
  readonly #context: CloudContext;
  readonly #queues: QueueStore;
  readonly #area: Area;
  readonly #tasks = new Map<string, MoveTask>();
  readonly #running = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(context: CloudContext, queues: QueueStore) {
    this.#context = context;
    this.#queues = queues;
    this.#area = context.store.root.area('sqs-move-tasks');
  }

  async load(): Promise<void> {
    for await (const [id, task] of this.#area.range<MoveTask>({})) this.#tasks.set(id, task);
    for (const task of this.#tasks.values()) if (isActive(task)) this.#begin(task.id);
  }

  /** Stops moving. Resolves when no message is on its way. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }

  /** The latest tasks of a queue, newest first. */
  list(source: QueueName): readonly MoveTask[] {
    return [...this.#tasks.values()]
      .filter((task) => queueKey(task.source) === queueKey(source))
      .sort((a, b) => b.started - a.started)
      .slice(0, KEPT);
  }

  async start({ source, destination, rate }: NewTask): Promise<MoveTask> {
    const task: MoveTask = {
      ...{ id: randomId.uuid(), source, destination, rate, started: this.#context.now() },
      ...{ status: 'RUNNING', moved: 0, toMove: this.#queues.get(source).available().length },
    };
    const forgotten = this.list(source).slice(KEPT - 1);
    this.#tasks.set(task.id, task);
    for (const { id } of forgotten) this.#tasks.delete(id);
    await this.#area.batch([
      { key: task.id, value: task },
      ...forgotten.map(({ id }) => ({ key: id, value: undefined })),
    ]);
    this.#begin(task.id);
    return task;
  }

  /** Ends a task after the message that it moves now. */
  async cancel(id: string): Promise<void> {
    await this.#change(id, { status: 'CANCELLING' });
  }

  #begin(id: string): void {
    const running = this.#run(id).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #run(id: string): Promise<void> {
    try {
      while (!this.#stop.signal.aborted) {
        const task = this.#tasks.get(id);
        if (task === undefined) return;
        if (task.status === 'CANCELLING') return await this.#change(id, { status: 'CANCELLED' });
        const source = this.#queues.get(task.source);
        const [next] = source.available();
        if (next === undefined) return await this.#change(id, { status: 'COMPLETED' });
        if (await this.#move(source, next, task)) this.#count(id);
        if (task.rate !== undefined) await this.#pause(1000 / task.rate);
      }
    } catch (error) {
      await this.#change(id, { status: 'FAILED', failureReason: failureCode(error) });
    }
  }

  /** Counts a message; the count is stored with the task's next status. */
  #count(id: string): void {
    const task = this.#tasks.get(id);
    if (task) this.#tasks.set(id, { ...task, moved: task.moved + 1 });
  }

  /** The message is in the new queue before it leaves the old one. False if somebody received it meanwhile. */
  async #move(source: MessageQueue, queued: QueuedMessage, { destination }: MoveTask): Promise<boolean> {
    const { deadLetterSource = '', ...message } = queued.message;
    const target = destination ?? parseQueueArn(deadLetterSource);
    if (target === undefined) {
      throw new AwsError('CouldNotDetermineMessageSource', 'The message did not come from another queue.');
    }
    const to = this.#queues.get(target);
    if (!source.withdraw(queued)) return false;
    try {
      // "Redriven messages are considered new messages with a new messageID and enqueueTime" (SQS developer guide).
      await to.accept({ ...message, id: randomId.uuid(), sent: this.#context.now(), receivedBefore: 0 });
    } catch (error) {
      source.giveBack(queued);
      throw error;
    }
    await source.bury([queued]);
    return true;
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stop.signal, ref: false }).catch(() => {});
  }

  async #change(id: string, change: Partial<MoveTask>): Promise<void> {
    const task = this.#tasks.get(id);
    if (task === undefined) return;
    const changed = { ...task, ...change };
    this.#tasks.set(id, changed);
    await this.#area.batch([{ key: id, value: changed }]);
  }
}
