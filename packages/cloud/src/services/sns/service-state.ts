import { type AccessRow, anything, type ConditionKeys, type RowMaker } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import type { Deliveries } from './delivery.js';
import type { Platforms } from './platforms/platforms.js';
import type { PublishedStore } from './published-store.js';
import type { Phones } from './sms/phones.js';
import { refuseInput } from './sns-error.js';
import { type SubscriptionName, type TopicName, topicArn } from './topic-name.js';
import type { TopicStore } from './topic-store.js';

/** The state that the operations of SNS share. */
export interface SnsState {
  readonly context: CloudContext;
  readonly topics: TopicStore;
  readonly published: PublishedStore;
  readonly deliveries: Deliveries;
  readonly platforms: Platforms;
  readonly phones: Phones;
}

/** An operation of SNS. */
export const snsOperation = operationsOf<SnsState, 'sns'>('sns', refuseInput);

type TopicRow<Input> = RowMaker<SnsState, Input>;
type TopicKeys<Input> = ConditionKeys<SnsState, Input>;

function topicRow<Input>(
  row: TopicRow<Input>,
  action: string,
  topicOf: (input: Input) => TopicName | undefined,
  keys: TopicKeys<Input>,
): AccessRow<SnsState, Input> {
  return row({
    action: `sns:${action}`,
    type: 'topic',
    on: (input, _call, { topics }) => {
      const topic = topicOf(input);
      if (topic === undefined) return undefined;
      return { resource: topicArn(topic), resourcePolicy: async () => topics.find(topic)?.attributes.Policy };
    },
    keys: { 'aws:ResourceTag/*': ({ input, state }) => tagsOf(topicOf(input), state), ...keys },
  });
}

const tagsOf = (topic: TopicName | undefined, { topics }: SnsState) => topic && topics.find(topic)?.tags;

/** One action on the topic that the input names, by the caller's policies or the topic's own. */
export function onTopic<Input extends { readonly topic: TopicName }>(
  row: TopicRow<Input>,
  action: string,
  keys: TopicKeys<NoInfer<Input>> = {},
  applies: (input: Input) => boolean = () => true,
): AccessRow<SnsState, Input> {
  return topicRow(row, action, (input) => (applies(input) ? input.topic : undefined), keys);
}

/** The same of an operation whose target is the topic. */
export function onTarget<Input extends { readonly target: TopicName }>(
  row: TopicRow<Input>,
  action: string,
  keys: TopicKeys<NoInfer<Input>>,
): AccessRow<SnsState, Input> {
  return topicRow(row, action, ({ target }) => target, keys);
}

/** For actions that IAM does not limit to a topic. */
export const onAnything = <Input>(row: TopicRow<Input>, action: string) =>
  row({ action: `sns:${action}`, on: anything });

/** For actions on a subscription, which IAM does not limit to its topic, though it knows the topic's tags. */
export const onSubscription = <Input extends { readonly subscription: SubscriptionName }>(
  row: TopicRow<Input>,
  action: string,
) =>
  row({
    action: `sns:${action}`,
    type: 'topic',
    on: anything,
    keys: { 'aws:ResourceTag/*': ({ input, state }) => tagsOf(input.subscription.topic, state) },
  });

/** Has a topic's policy looked through, where it has one. */
export function reviewPolicy(
  { reviewPolicy: review }: CloudContext,
  topic: TopicName,
  attributes: Readonly<Record<string, string>>,
): void {
  const text = attributes.Policy;
  if (text) review({ name: `the policy of ${topicArn(topic)}`, text, kind: 'resource' });
}
