import { topicPolicy } from './http/delivery-policy.js';
import { isFifoTopic, type TopicName, topicArn } from './topic-name.js';

/** A topic as it is stored. */
export interface TopicRecord extends TopicName {
  /** Those that were set. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** JSON, stored and answered: no message is looked through. */
  readonly dataProtection?: string;
}

/** The default policy of a new topic on AWS: its owner may do everything. */
export function defaultPolicy(topic: TopicName): string {
  return JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn(topic),
        Condition: { StringEquals: { 'AWS:SourceOwner': topic.account } },
      },
    ],
  });
}

/** How many subscriptions a topic has. */
export interface SubscriptionCounts {
  readonly confirmed: number;
  readonly pending: number;
}

/** The attributes that GetTopicAttributes gives. */
export function topicAttributes(topic: TopicRecord, { confirmed, pending }: SubscriptionCounts) {
  const { Policy, DisplayName = '', ...others } = topic.attributes;
  return {
    TopicArn: topicArn(topic),
    Owner: topic.account,
    DisplayName,
    Policy: Policy ?? defaultPolicy(topic),
    EffectiveDeliveryPolicy: JSON.stringify(topicPolicy(others.DeliveryPolicy)),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: '0',
    ...(isFifoTopic(topic) && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...others,
  };
}
