import { randomBytes } from 'node:crypto';
import type { Attributes } from './attributes.js';
import { effectivePolicy } from './http/delivery-policy.js';

/** The protocols that this cloud delivers by. */
type DeliveredProtocol = 'lambda' | 'sqs' | 'http' | 'https';

/** The protocols of subscriptions that are kept, and whose messages are recorded and not sent. */
type KeptProtocol = 'application' | 'email' | 'email-json' | 'firehose' | 'sms';

export type Protocol = DeliveredProtocol | KeptProtocol;

export const isHttp = (protocol: Protocol): boolean => protocol === 'http' || protocol === 'https';

/** True of protocols whose endpoints have to say that they want messages. */
export const isConfirmed = (protocol: Protocol): boolean => isHttp(protocol) || protocol.startsWith('email');

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
  /** By which the endpoint confirms. */
  readonly token?: string;
  /** Epoch milliseconds from which the token is not good any more. */
  readonly tokenEnds?: number;
  /** The endpoint was confirmed by nobody in particular, who followed the link that it was sent. */
  readonly confirmedByLink?: boolean;
  /** Only a caller with credentials may unsubscribe. */
  readonly authenticateOnUnsubscribe?: boolean;
}

/** Milliseconds for which a token is good ("Subscribe" of the SNS API reference). */
const TOKEN_LIFE = 2 * 86_400_000;

/** A token by which an endpoint confirms a subscription. @param now epoch milliseconds */
export function newToken(now: number): { readonly token: string; readonly tokenEnds: number } {
  return { token: randomBytes(144).toString('hex'), tokenEnds: now + TOKEN_LIFE };
}

/** The attributes that GetSubscriptionAttributes gives. */
export function subscriptionAttributes(
  subscription: SubscriptionRecord,
  topic: Attributes,
): Readonly<Record<string, string>> {
  const { attributes, pending = false, confirmedByLink = false, protocol } = subscription;
  return {
    SubscriptionArn: subscription.arn,
    TopicArn: subscription.topicArn,
    Owner: subscription.owner,
    Protocol: subscription.protocol,
    Endpoint: subscription.endpoint,
    SubscriptionPrincipal: subscription.principal,
    ConfirmationWasAuthenticated: String(!pending && !confirmedByLink),
    PendingConfirmation: String(pending),
    RawMessageDelivery: 'false',
    ...(isHttp(protocol) && { EffectiveDeliveryPolicy: JSON.stringify(effectivePolicy(attributes, topic)) }),
    ...visibleAttributes(attributes),
  };
}

/** The scope of a filter shows with the filter alone. */
function visibleAttributes({ FilterPolicyScope = 'MessageAttributes', ...others }: Attributes): Attributes {
  return others.FilterPolicy === undefined ? others : { ...others, FilterPolicyScope };
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
