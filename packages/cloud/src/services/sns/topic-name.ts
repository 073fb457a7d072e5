import type { Scope } from '../../core/operation.js';
import { invalidParameter } from './sns-error.js';

/** A topic, wherever it is. */
export interface TopicName extends Scope {
  readonly name: string;
}

/** A subscription, and the topic that it is of. */
export interface SubscriptionName {
  readonly arn: string;
  readonly topic: TopicName;
}

const TOPIC = /^arn:aws[a-z-]*:sns:(?<region>[a-z0-9-]+):(?<account>\d{12}):(?<name>[\w-]{1,256}(?:\.fifo)?)$/;
const SUBSCRIPTION = /^(?<topicArn>.+):[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ARN_ELEMENTS = 6;
const LONGEST_NAME = 256;

export function topicArn({ account, region, name }: TopicName): string {
  return `arn:aws:sns:${region}:${account}:${name}`;
}

export const isFifoTopic = ({ name }: Pick<TopicName, 'name'>): boolean => name.endsWith('.fifo');

/** @throws AwsError InvalidParameter for a text that has too few elements for an ARN */
export function checkElements(arn: string, parameter: string): void {
  const elements = arn.split(':').length;
  if (elements < ARN_ELEMENTS) {
    throw invalidParameter(`${parameter} Reason: An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements}`);
  }
}

function readTopicArn(arn: string): TopicName | undefined {
  const { account, region, name } = TOPIC.exec(arn)?.groups ?? {};
  return account === undefined || region === undefined || name === undefined ? undefined : { account, region, name };
}

/**
 * The topic of an ARN. SNS knows the topics of the region that it is asked in alone.
 *
 * @throws AwsError InvalidParameter
 */
export function parseTopicArn(arn: string, { region }: Pick<Scope, 'region'>, parameter = 'TopicArn'): TopicName {
  checkElements(arn, parameter);
  const topic = readTopicArn(arn);
  if (topic?.region !== region) throw invalidParameter(parameter);
  return topic;
}

/** @throws AwsError InvalidParameter */
export function parseSubscriptionArn(arn: string, { region }: Pick<Scope, 'region'>): SubscriptionName {
  if (arn === '') throw invalidParameter('SubscriptionArn Reason: no value for required parameter');
  checkElements(arn, 'SubscriptionArn');
  const topic = readTopicArn(SUBSCRIPTION.exec(arn)?.groups?.topicArn ?? '');
  if (topic === undefined) throw invalidParameter('SubscriptionId');
  if (topic.region !== region) throw invalidParameter('SubscriptionArn');
  return { arn, topic };
}

/** @throws AwsError InvalidParameter */
export function checkTopicName(name: string, fifo: boolean): void {
  const base = fifo ? name.replace(/\.fifo$/, '') : name;
  if (!/^[\w-]+$/.test(base) || name.length > LONGEST_NAME || (fifo && base === name)) {
    throw invalidParameter('Topic Name');
  }
}
