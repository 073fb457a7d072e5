import type { CloudContext } from '../../core/cloud.js';
import { InputReader } from '../../core/input-reader.js';
import { type Access, operation } from '../../core/operation.js';
import { invalidParameter } from './sns-error.js';
import { parseTopicArn, topicArn } from './topic-name.js';
import type { TopicStore } from './topic-store.js';

/** What the operations of SNS share. */
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

/** Leave for one action on one topic, by the caller's policies or the topic's own. */
export function topicAccess(
  action: string,
  arn: string,
  { topics }: SnsState,
  context?: Readonly<Record<string, string>>,
): readonly Access[] {
  const name = parseTopicArn(arn);
  return [
    {
      action: `sns:${action}`,
      resource: topicArn(name),
      resourcePolicy: async () => topics.find(name)?.attributes.Policy,
      ...(context && { context }),
    },
  ];
}

/** For actions that IAM does not limit to a topic. */
export const anyAccess = (action: string) => (): readonly Access[] => [{ action: `sns:${action}`, resource: '*' }];
