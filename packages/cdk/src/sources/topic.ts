import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { fifoTopic } from '../errors/limits.js';
import { GobletError } from '../goblet-error.js';
import type { InventorySource } from '../inventory.js';
import { asynchronously } from './asynchronous.js';
import { isFifo } from './fifo.js';
import type { BoundSource, SourceTarget } from './source-target.js';

/** A topic, and the handling of messages that the function did not process. */
export interface TopicBinding extends lambda.EventInvokeConfigOptions {
  readonly topic: sns.ITopicRef;
  /**
   * Receives the messages that SNS could not deliver to Lambda.
   * @default - they are lost
   */
  readonly deadLetterQueue?: sqs.IQueue;
}

export const topicSource: BoundSource<TopicBinding> = {
  takes: 'an SNS topic',
  resource: 'topic',
  mark: 'topicRef',
  bind: (target, { topic, deadLetterQueue, ...invocation }) => {
    const { source, fn } = target;
    checkTopic(source, topic);
    const subscription = topicOf(target, topic).addSubscription(
      new LambdaSubscription(fn, deadLetterQueue === undefined ? {} : { deadLetterQueue }),
    );
    const { filterPolicy, filterPolicyScope } = source.options;
    // The L2 construct requires its own objects, which cannot express every filter policy.
    const resource = subscription.node.defaultChild as sns.CfnSubscription;
    if (filterPolicy !== undefined) resource.filterPolicy = filterPolicy;
    if (typeof filterPolicyScope === 'string') resource.filterPolicyScope = filterPolicyScope;
    asynchronously(fn, invocation);
  },
};

/**
 * @throws GobletError GOBLET_CDK_FIFO for a topic that SNS does not deliver to functions ("Message delivery for FIFO
 * topics")
 */
function checkTopic(source: InventorySource, topic: sns.ITopicRef): void {
  if (isFifo(topic)) throw new GobletError(fifoTopic(source, topic.node.path));
}

function topicOf({ scope, source }: SourceTarget, topic: sns.ITopicRef): sns.ITopic {
  if ('addSubscription' in topic) return topic as sns.ITopic;
  return sns.Topic.fromTopicArn(scope, `${source.name}Topic`, topic.topicRef.topicArn);
}
