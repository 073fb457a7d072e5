import { isFifoTopic, type TopicName, topicArn } from './topic-name.js';

/** A topic as it is stored. */
export interface TopicRecord extends TopicName {
  /** Those that were set. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
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

const DEFAULT_RETRIES = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};

/** The delivery policy with AWS's defaults where it says nothing. It counts for HTTP endpoints alone. */
function effectiveDeliveryPolicy(policy: string | undefined): string {
  const { http = {} } = policy ? JSON.parse(policy) : {};
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...DEFAULT_RETRIES, ...http.defaultHealthyRetryPolicy },
      disableSubscriptionOverrides: http.disableSubscriptionOverrides ?? false,
      defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8', ...http.defaultRequestPolicy },
    },
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
    EffectiveDeliveryPolicy: effectiveDeliveryPolicy(others.DeliveryPolicy),
    SubscriptionsConfirmed: String(confirmed),
    SubscriptionsPending: String(pending),
    SubscriptionsDeleted: '0',
    ...(isFifoTopic(topic) && { FifoTopic: 'true', ContentBasedDeduplication: 'false' }),
    ...others,
  };
}
