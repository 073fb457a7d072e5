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
  readonly #cancelledArea: Area;
  readonly #topics = new Map<string, TopicRecord>();
  readonly #subscriptions = new Map<string, Subscribed>();
  /** Those that have gone, by the tokens that bring them back. */
  readonly #cancelled = new Map<string, SubscriptionRecord>();

  constructor({ root }: Store) {
    this.#root = root;
    this.#topicArea = root.area('sns-topics');
    this.#subscriptionArea = root.area('sns-subscriptions');
    this.#cancelledArea = root.area('sns-cancelled-subscriptions');
  }

  async load(): Promise<void> {
    for await (const [arn, topic] of this.#topicArea.range<TopicRecord>({})) this.#topics.set(arn, topic);
    for await (const [arn, record] of this.#subscriptionArea.range<SubscriptionRecord>({})) {
      this.#subscriptions.set(arn, subscribed(record));
    }
    for await (const [token, record] of this.#cancelledArea.range<SubscriptionRecord>({})) {
      this.#cancelled.set(token, record);
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

  /** The attributes that were set of a topic, by its ARN. */
  attributesOf(arn: string): TopicRecord['attributes'] {
    return this.#topics.get(arn)?.attributes ?? {};
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

  /** The subscription that a token confirms; one that was cancelled comes back by it. */
  subscriptionOfToken(token: string): SubscriptionRecord | undefined {
    const live = [...this.#subscriptions.values()].find(({ record }) => record.token === token);
    return live?.record ?? this.#cancelled.get(token);
  }

  /** @throws AwsError NotFound */
  getSubscription(arn: string): SubscriptionRecord {
    const record = this.findSubscription(arn);
    if (record === undefined) throw subscriptionNotFound();
    return record;
  }

  /** @throws Error if its filter policy is invalid */
  async putSubscription(record: SubscriptionRecord): Promise<void> {
    const { arn, token } = record;
    this.#subscriptions.set(arn, subscribed(record));
    const wasCancelled = token !== undefined && this.#cancelled.delete(token);
    await this.#root.batch([
      { key: this.#subscriptionArea.keyOf(arn), value: record },
      ...(wasCancelled ? [{ key: this.#cancelledArea.keyOf(token), value: undefined }] : []),
    ]);
  }

  async deleteSubscription(arn: string): Promise<void> {
    this.#subscriptions.delete(arn);
    await this.#subscriptionArea.batch([{ key: arn, value: undefined }]);
  }

  /** Deletes a subscription that comes back once somebody confirms it by its token. */
  async cancelSubscription(record: SubscriptionRecord & { readonly token: string }): Promise<void> {
    const { arn, token } = record;
    this.#subscriptions.delete(arn);
    this.#cancelled.set(token, record);
    await this.#root.batch([
      { key: this.#subscriptionArea.keyOf(arn), value: undefined },
      { key: this.#cancelledArea.keyOf(token), value: record },
    ]);
  }
}
