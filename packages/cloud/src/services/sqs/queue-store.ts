import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Scope } from '../../core/operation.js';
import { isFifo, parseQueueArn, type QueueName, queueArn, queueUrl } from '../../core/queue-name.js';
import type { Area } from '../../core/store.js';
import type { QueuedMessage } from './message.js';
import { MessageQueue } from './message-queue.js';
import { allowsRedrive, invalidAttribute, type QueueAttributes } from './queue-attributes.js';
import { queueKey } from './queue-name.js';
import { type QueueRecord, redrivePolicyOf } from './queue-record.js';
import { invalidValue, queueDoesNotExist } from './sqs-error.js';

/** Every queue of the cloud, loaded before its first call: their addresses are known everywhere. */
export class QueueStore {
  readonly #context: CloudContext;
  readonly #records: Area;
  readonly #messages: Area;
  readonly #queues = new Map<string, MessageQueue>();

  constructor(context: CloudContext) {
    this.#context = context;
    this.#records = context.store.root.area('sqs-queues');
    this.#messages = context.store.root.area('sqs-messages');
  }

  async load(): Promise<void> {
    for await (const [, record] of this.#records.range<QueueRecord>({})) this.#add(await this.#open(record).load());
  }

  /** Receivers that wait get nothing. */
  close(): void {
    for (const queue of this.#queues.values()) queue.close();
  }

  find(name: QueueName): MessageQueue | undefined {
    return this.#queues.get(queueKey(name));
  }

  /** @throws AwsError QueueDoesNotExist */
  get(name: QueueName): MessageQueue {
    const queue = this.find(name);
    if (queue === undefined) throw queueDoesNotExist();
    return queue;
  }

  get all(): Iterable<MessageQueue> {
    return this.#queues.values();
  }

  /** By name. */
  list({ account, region }: Scope): readonly MessageQueue[] {
    return [...this.#queues.values()]
      .filter(({ record }) => record.account === account && record.region === region)
      .sort((a, b) => (a.record.name < b.record.name ? -1 : 1));
  }

  /** @throws AwsError QueueNameExists */
  async create(record: QueueRecord): Promise<void> {
    this.#checkRedrive(record, record.attributes);
    if (this.find(record)) throw new AwsError('QueueNameExists', `A queue named ${record.name} exists already.`);
    this.#add(this.#open(record));
    await this.#records.batch([{ key: queueKey(record), value: record }]);
    this.#review(record);
  }

  async change(name: QueueName, change: (record: QueueRecord) => QueueRecord): Promise<void> {
    const queue = this.get(name);
    const record = change(queue.record);
    if (record.attributes.RedrivePolicy !== queue.record.attributes.RedrivePolicy) {
      this.#checkRedrive(record, record.attributes);
    }
    queue.record = record;
    await this.#records.batch([{ key: queueKey(record), value: record }]);
    this.#review(record);
  }

  async delete(name: QueueName): Promise<void> {
    const queue = this.get(name);
    this.#queues.delete(queueKey(name));
    this.#context.queueUrls.delete(queueUrl(name));
    await this.#records.batch([{ key: queueKey(name), value: undefined }]);
    await queue.destroy();
  }

  /** The queues whose dead-letter queue this is, by name. */
  sourcesOf(target: QueueName): readonly MessageQueue[] {
    const arn = queueArn(target);
    return this.list(target).filter(({ record }) => redrivePolicyOf(record)?.deadLetterTargetArn === arn);
  }

  /** Moves messages that were received too often to the dead-letter queue; they are never in neither. */
  async redrive(from: MessageQueue, dead: readonly QueuedMessage[]): Promise<void> {
    if (dead.length === 0) return;
    const target = parseQueueArn(redrivePolicyOf(from.record)?.deadLetterTargetArn ?? '');
    const to = target && this.find(target);
    if (to === undefined) {
      this.#context.emit({
        kind: 'warning',
        time: this.#context.now(),
        message: `the dead-letter queue of ${from.record.name} is not there; ${dead.length} messages were lost`,
      });
    }
    for (const { message, delivery } of to ? dead : []) {
      const moved = {
        ...message,
        deadLetterSource: queueArn(from.record),
        receivedBefore: message.receivedBefore + delivery.receiveCount,
      };
      await to?.accept(moved);
    }
    await from.bury(dead);
  }

  #review(record: QueueRecord): void {
    const text = record.attributes.Policy;
    if (text) this.#context.reviewPolicy({ name: `the policy of ${queueArn(record)}`, text, kind: 'resource' });
  }

  #open(record: QueueRecord): MessageQueue {
    return new MessageQueue(record, this.#messages.area(queueKey(record)), this.#context.now);
  }

  #add(queue: MessageQueue): void {
    this.#queues.set(queueKey(queue.record), queue);
    this.#context.queueUrls.add(queueUrl(queue.record));
  }

  #checkRedrive(source: QueueName, attributes: QueueAttributes): void {
    const policy = redrivePolicyOf({ attributes });
    if (policy === undefined) return;
    const target = parseQueueArn(policy.deadLetterTargetArn);
    const refuse = (reason: string) => invalidValue(attributes.RedrivePolicy, 'RedrivePolicy', reason);
    if (target?.account !== source.account || target.region !== source.region) {
      throw invalidAttribute('RedrivePolicy', 'the dead-letter queue is in another account or region');
    }
    const queue = this.find(target);
    if (queue === undefined) throw refuse('Dead letter target does not exist.');
    if (isFifo(target) !== isFifo(source)) throw refuse('Dead-letter queue must be same type of queue as the source.');
    if (!allowsRedrive(queue.record.attributes, queueArn(source))) {
      throw refuse('The dead-letter queue does not allow this queue to use it.');
    }
  }
}
