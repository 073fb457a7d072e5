import type { Tags } from '../../../core/access.js';
import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { RecordStore } from '../../../kit/record-store.js';
import { notFound } from '../kinesis-error.js';
import { type ConsumerName, consumerArn, type StreamName, streamArn } from '../streams/stream-name.js';

/** A consumer that was registered with a stream, in the account and region of the stream. */
export interface ConsumerRecord extends ConsumerName, Scope {
  readonly tags: Tags;
  readonly policy?: string | undefined;
}

/** The consumers of every stream. */
export class ConsumerStore {
  readonly #context: CloudContext;
  readonly #consumers: RecordStore<ConsumerRecord>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#consumers = new RecordStore<ConsumerRecord>(context.store.root.area('kinesis-consumers'), consumerArn);
  }

  load(): Promise<void> {
    return this.#consumers.load();
  }

  find(name: ConsumerName): ConsumerRecord | undefined {
    return this.#consumers.find(consumerArn(name));
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: ConsumerName): ConsumerRecord {
    const consumer = this.find(name);
    if (consumer) return consumer;
    throw notFound(`Consumer ${consumerArn(name)} not found.`);
  }

  /** Of a stream, by name. */
  list(stream: StreamName): readonly ConsumerRecord[] {
    const arn = streamArn(stream);
    return this.#consumers.list(stream, ({ consumer }) => consumer).filter((each) => streamArn(each.stream) === arn);
  }

  async put(consumer: ConsumerRecord): Promise<void> {
    await this.#consumers.put(consumer);
    const { policy } = consumer;
    if (policy !== undefined) {
      this.#context.reviewPolicy({ name: `the policy of ${consumerArn(consumer)}`, text: policy, kind: 'resource' });
    }
  }

  delete(name: ConsumerName): Promise<void> {
    return this.#consumers.delete(consumerArn(name));
  }
}
