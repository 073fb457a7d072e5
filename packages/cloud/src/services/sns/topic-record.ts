import type { TopicName } from './topic-name.js';
import { topicArn } from './topic-name.js';

/** A topic as it is stored. */
export interface TopicRecord extends TopicName {
  /** Those that were set. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The protocols to which a topic delivers. */
export type Protocol = 'lambda' | 'sqs';

/** A subscription as it is stored. */
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  /** The ARN of the function or queue. */
  readonly endpoint: string;
  /** Those that were set. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The account that subscribed. */
  readonly owner: string;
  /** The ARN of who subscribed. */
  readonly principal: string;
}

/** The default policy of a new topic on AWS: its owner may do everything. */
function defaultPolicy(topic: TopicName): string {
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

/** The attributes that GetTopicAttributes gives. */
export function topicAttributes(topic: TopicRecord, subscriptions: number): ReadonlyMap<string, string> {
  const { Policy, DisplayName = '', ...others } = topic.attributes;
  return new Map(
    Object.entries({
      TopicArn: topicArn(topic),
      Owner: topic.account,
      DisplayName,
      Policy: Policy ?? defaultPolicy(topic),
      SubscriptionsConfirmed: String(subscriptions),
      SubscriptionsPending: '0',
      SubscriptionsDeleted: '0',
      ...others,
    }),
  );
}

/** The attributes that GetSubscriptionAttributes gives. */
export function subscriptionAttributes(subscription: SubscriptionRecord): ReadonlyMap<string, string> {
  const { attributes } = subscription;
  return new Map(
    Object.entries({
      SubscriptionArn: subscription.arn,
      TopicArn: subscription.topicArn,
      Owner: subscription.owner,
      Protocol: subscription.protocol,
      Endpoint: subscription.endpoint,
      SubscriptionPrincipal: subscription.principal,
      // Functions and queues are subscribed by who may call SNS; nothing waits for a confirmation here.
      ConfirmationWasAuthenticated: 'true',
      PendingConfirmation: 'false',
      RawMessageDelivery: 'false',
      ...(attributes.FilterPolicy !== undefined && { FilterPolicyScope: 'MessageAttributes' }),
      ...attributes,
    }),
  );
}

/** A subscription in a list. */
export function subscriptionEntry({ arn, owner, protocol, endpoint, topicArn: TopicArn }: SubscriptionRecord) {
  return { SubscriptionArn: arn, Owner: owner, Protocol: protocol, Endpoint: endpoint, TopicArn };
}
