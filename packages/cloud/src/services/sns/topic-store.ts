import type { Scope } from '../../core/operation.js';
import type { Area, Store } from '../../core/store.js';
import { compileFilterPolicy, type MessageFilter } from './filter-policy.js';
import { subscriptionNotFound, topicNotFound } from './sns-error.js';
import type { SubscriptionRecord } from './subscription-record.js';
import { type TopicName, topicArn } from './topic-name.js';
import type { TopicRecord } from './topic-record.js';

interface Subscribed {
  readonly record: SubscriptionRecord;
  readonly wants: MessageFilter;
}

function subscribed(record: SubscriptionRecord): Subscribed {
  const { FilterPolicy, FilterPolicyScope = 'MessageAttributes' } = record.attributes;
  return {
    record,
    wants: FilterPolicy === undefined ? () => true : compileFilterPolicy(FilterPolicy, FilterPolicyScope),
  };
}

/** Every topic of the cloud and what is subscribed to it, loaded before the first call. */
export class TopicStore {
  readonly #root: Area;
  readonly #topicArea: Area;
  readonly #subscriptionArea: Area;
  readonly #topics = new Map<string, TopicRecord>();
  readonly #subscriptions = new Map<string, Subscribed>();

  constructor({ root }: Store) {
    this.#root = root;
    this.#topicArea = root.area('sns-topics');
    this.#subscriptionArea = root.area('sns-subscriptions');
  }

  async load(): Promise<void> {
    for await (const [arn, topic] of this.#topicArea.range<TopicRecord>({})) this.#topics.set(arn, topic);
    for await (const [arn, record] of this.#subscriptionArea.range<SubscriptionRecord>({})) {
      this.#subscriptions.set(arn, subscribed(record));
    }
  }

  find(name: TopicName): TopicRecord | undefined {
    return this.#topics.get(topicArn(name));
  }

  /** @throws AwsError NotFound */
  get(name: TopicName): TopicRecord {
    const topic = this.find(name);
    if (topic === undefined) throw topicNotFound();
    return topic;
  }

  /** By ARN. */
  list({ account, region }: Scope): readonly TopicRecord[] {
    return [...this.#topics.values()]
      .filter((topic) => topic.account === account && topic.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async put(topic: TopicRecord): Promise<void> {
    this.#topics.set(topicArn(topic), topic);
    await this.#topicArea.batch([{ key: topicArn(topic), value: topic }]);
  }

  /** With its subscriptions. */
  async delete(name: TopicName): Promise<void> {
    const arn = topicArn(name);
    const subscriptions = this.subscriptions(arn).map(({ record }) => record.arn);
    this.#topics.delete(arn);
    for (const each of subscriptions) this.#subscriptions.delete(each);
    await this.#root.batch([
      { key: this.#topicArea.keyOf(arn), value: undefined },
      ...subscriptions.map((each) => ({ key: this.#subscriptionArea.keyOf(each), value: undefined })),
    ]);
  }

  /** Of a topic, oldest first within one run of the cloud. */
  subscriptions(arn: string): readonly Subscribed[] {
    return [...this.#subscriptions.values()].filter(({ record }) => record.topicArn === arn);
  }

  /** Of every topic of an account and region, by ARN. */
  listSubscriptions(scope: Scope): readonly SubscriptionRecord[] {
    const topics = new Set(this.list(scope).map(topicArn));
    return [...this.#subscriptions.values()]
      .map(({ record }) => record)
      .filter((record) => topics.has(record.topicArn))
      .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  findSubscription(arn: string): SubscriptionRecord | undefined {
    return this.#subscriptions.get(arn)?.record;
  }

  /** @throws AwsError NotFound */
  getSubscription(arn: string): SubscriptionRecord {
    const record = this.findSubscription(arn);
    if (record === undefined) throw subscriptionNotFound();
    return record;
  }

  /** @throws Error if its filter policy is invalid */
  async putSubscription(record: SubscriptionRecord): Promise<void> {
    this.#subscriptions.set(record.arn, subscribed(record));
    await this.#subscriptionArea.batch([{ key: record.arn, value: record }]);
  }

  async deleteSubscription(arn: string): Promise<void> {
    this.#subscriptions.delete(arn);
    await this.#subscriptionArea.batch([{ key: arn, value: undefined }]);
  }
}
