import { type AccessRow, anything, type ConditionKeys, type RowMaker } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { InputReader } from '../../core/input-reader.js';
import { type Call, operation } from '../../core/operation.js';
import { invalidParameter } from './sns-error.js';
import { parseTopicArn, type TopicName, topicArn, topicOfSubscription } from './topic-name.js';
import type { TopicStore } from './topic-store.js';

/** The state that the operations of SNS share. */
export interface SnsState {
  readonly context: CloudContext;
  readonly topics: TopicStore;
}

/** An operation of SNS. */
export const snsOperation = operation<SnsState>();

export function readInput(raw: unknown): InputReader {
  return new InputReader(raw, 'InvalidParameter');
}

/** @throws AwsError InvalidParameter */
export function neededText(input: InputReader, name: string): string {
  const text = input.text(name);
  if (!text) throw invalidParameter(`${name} Reason: no value for required parameter`);
  return text;
}

type TopicRow<Input> = RowMaker<SnsState, Input>;
type TopicKeys<Input> = ConditionKeys<SnsState, Input>;

const topicTags = (arn: string, { topics }: SnsState) => topics.find(parseTopicArn(arn))?.tags;

/** One action on one topic, by the caller's policies or the topic's own. */
export function topicAccess<Input>(
  row: TopicRow<Input>,
  action: string,
  arnOf: (input: Input, call: Call) => string | undefined,
  keys: TopicKeys<NoInfer<Input>> = {},
): AccessRow<SnsState, Input> {
  return row({
    action: `sns:${action}`,
    type: 'topic',
    on: (input, call, { topics }) => {
      const arn = arnOf(input, call);
      if (arn === undefined) return undefined;
      const name = parseTopicArn(arn);
      return { resource: topicArn(name), resourcePolicy: async () => topics.find(name)?.attributes.Policy };
    },
    keys: { 'aws:ResourceTag/*': ({ target, state }) => topicTags(target.resource, state), ...keys },
  });
}

/** For operations on the topic whose ARN is in their input. */
export const arnAccess = <Input extends { readonly arn: string }>(
  row: TopicRow<Input>,
  action: string,
  keys?: TopicKeys<NoInfer<Input>>,
) => topicAccess(row, action, ({ arn }) => arn, keys);

/** For actions that IAM does not limit to a topic. */
export const anyAccess = <Input>(row: TopicRow<Input>, action: string) =>
  row({ action: `sns:${action}`, on: anything });

/** For actions on a subscription, which IAM does not limit to its topic, though it knows the topic's tags. */
export const subscriptionAccess = <Input extends { readonly arn: string }>(row: TopicRow<Input>, action: string) =>
  row({
    action: `sns:${action}`,
    type: 'topic',
    on: ({ arn }) => ({ resource: '*', topic: topicOfSubscription(arn) }),
    keys: { 'aws:ResourceTag/*': ({ target, state }) => topicTags(target.topic, state) },
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
