import type { Tags, Target } from '../../../core/access.js';
import type { Scope } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import { type EndpointName, endpointArn, parseEndpointArn } from '../platforms/platform-name.js';
import type { SnsState } from '../service-state.js';
import { checkPublishedNumber } from '../sms/phone-number.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn, type TopicName, topicArn } from '../topic-name.js';

/** Where a message is published to. */
export type PublishTarget =
  | { readonly kind: 'topic'; readonly topic: TopicName }
  | { readonly kind: 'endpoint'; readonly endpoint: EndpointName }
  | { readonly kind: 'phone'; readonly number: string };

/** @throws AwsError InvalidParameter unless exactly one target is named */
export function readTarget(
  { TopicArn, TargetArn, PhoneNumber }: Pick<Input<'sns', 'Publish'>, 'TopicArn' | 'TargetArn' | 'PhoneNumber'>,
  scope: Scope,
): PublishTarget {
  if (PhoneNumber !== undefined) {
    checkPublishedNumber(PhoneNumber);
    return { kind: 'phone', number: PhoneNumber };
  }
  const arn = TargetArn ?? TopicArn;
  if (arn === undefined) throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  if (TargetArn?.includes(':endpoint/')) {
    return { kind: 'endpoint', endpoint: parseEndpointArn(TargetArn, scope, 'TargetArn') };
  }
  return { kind: 'topic', topic: parseTopicArn(arn, scope) };
}

/** The resource that IAM decides on. A phone number is nobody's resource. */
export function publishTarget(target: PublishTarget, { topics }: SnsState): Target {
  switch (target.kind) {
    case 'topic': {
      const resourcePolicy = async () => topics.find(target.topic)?.attributes.Policy;
      return { resource: topicArn(target.topic), resourcePolicy };
    }
    case 'endpoint':
      return { resource: endpointArn(target.endpoint) };
    case 'phone':
      return { resource: '*' };
  }
}

export function targetTags(target: PublishTarget, { topics }: SnsState): Tags | undefined {
  return target.kind === 'topic' ? topics.find(target.topic)?.tags : undefined;
}
