import type { Scope } from '../../core/operation.js';
import { invalidParameter } from './sns-error.js';

/** A topic, wherever it is. */
export interface TopicName extends Scope {
  readonly name: string;
}

const TOPIC = /^arn:aws[a-z-]*:sns:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<name>[\w-]{1,256}(?:\.fifo)?)$/;
const SUBSCRIPTION = /^(?<topicArn>.+):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function topicArn({ account, region, name }: TopicName): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

/** @throws AwsError InvalidParameter */
export function parseTopicArn(arn: string): TopicName {
  const { account, region, name } = TOPIC.exec(arn)?.groups ?? {};
  if (account === undefined || region === undefined || name === undefined) {
    throw invalidParameter(`TopicArn Reason: ${arn} is no ARN of a topic`);
  }
  return { account, region, name };
}

/** The ARN of the topic that a subscription is of. @throws AwsError InvalidParameter */
export function topicOfSubscription(arn: string): string {
  const { topicArn: found } = SUBSCRIPTION.exec(arn)?.groups ?? {};
  if (found === undefined) throw invalidParameter(`SubscriptionArn Reason: ${arn} is no ARN of a subscription`);
  return topicArn(parseTopicArn(found));
}

/** @throws AwsError InvalidParameter */
export function checkTopicName(name: string): void {
  if (name.endsWith('.fifo')) throw invalidParameter('Topic Name: the local cloud does not support FIFO topics');
  if (!/^[\w-]{1,256}$/.test(name)) throw invalidParameter('Topic Name');
}
