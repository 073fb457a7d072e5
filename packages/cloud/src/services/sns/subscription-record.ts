/** The protocols that this cloud delivers by. */
export type DeliveredProtocol = 'lambda' | 'sqs';

/** The protocols of subscriptions that are kept, and to whose endpoints nothing goes. */
export type KeptProtocol = 'http' | 'https' | 'email' | 'email-json' | 'sms';

export type Protocol = DeliveredProtocol | KeptProtocol;

/** A subscription as it is stored. */
export interface SubscriptionRecord {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: Protocol;
  /** The ARN of a function or queue, an address or a number. */
  readonly endpoint: string;
  /** Those that were set. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The account that subscribed. */
  readonly owner: string;
  /** The ARN of who subscribed. */
  readonly principal: string;
  /** The endpoint has not confirmed that it wants messages. @default - it needs not, or has */
  readonly pending?: boolean;
}

/** The attributes that GetSubscriptionAttributes gives. */
export function subscriptionAttributes(subscription: SubscriptionRecord): Readonly<Record<string, string>> {
  const { attributes, pending = false } = subscription;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Owner: subscription.owner,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    SubscriptionPrincipal: subscription.principal,
    ConfirmationWasAuthenticated: String(!pending),
    PendingConfirmation: String(pending),
    RawMessageDelivery: 'false',
    ...(attributes.FilterPolicy !== undefined && { FilterPolicyScope: 'MessageAttributes' }),
    ...attributes,
  };
}

/** A subscription in a list. */
export function subscriptionEntry({ arn, owner, protocol, endpoint, topicArn, pending }: SubscriptionRecord) {
  return {
    SubscriptionArn: pending ? 'PendingConfirmation' : arn,
    Owner: owner,
    Protocol: protocol,
    Endpoint: endpoint,
    TopicArn: topicArn,
  };
}
