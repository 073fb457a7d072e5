import type { CloudContext } from '../../core/cloud.js';
import { defined } from '../../core/defined.js';
import type { MessageAttributes } from '../../kit/message-attributes.js';
import { messageFor, type PublishedMessage } from './message.js';
import { type Seal, sealOf, snsAddress } from './signing/seal.js';
import type { SignatureVersion, SigningKey } from './signing/signing-key.js';
import type { SubscriptionRecord } from './subscription-record.js';

/** The settings of a cloud and a topic by which notifications are written. */
export interface Letterhead {
  readonly context: Pick<CloudContext, 'endpoint' | 'rewriteUrls'>;
  readonly signingKey: SigningKey;
  readonly version: SignatureVersion;
}

function attributesOf(attributes: MessageAttributes): Readonly<Record<string, object>> {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  return Object.fromEntries(entries);
}

const regionOf = (topicArn: string): string => topicArn.split(':')[3] ?? '';

/** The parts of a notification, independent of its format. */
function partsOf(
  message: PublishedMessage,
  { arn, topicArn, protocol }: SubscriptionRecord,
  { context, signingKey: key, version }: Letterhead,
) {
  const address = snsAddress(context, regionOf(topicArn));
  const members = {
    Type: 'Notification',
    MessageId: message.id,
    TopicArn: topicArn,
    Subject: message.subject,
    Message: messageFor(message, protocol),
    Timestamp: new Date(message.time).toISOString(),
  };
  return {
    members,
    seal: (): Promise<Seal> => sealOf(members, { key, address, version }),
    unsubscribe: `${address}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    attributes: attributesOf(message.attributes),
  };
}

/** The event of a function ("Invoking Lambda functions with Amazon SNS notifications"). */
export async function notificationEvent(
  message: PublishedMessage,
  subscription: SubscriptionRecord,
  letterhead: Letterhead,
): Promise<object> {
  const { members, seal, unsubscribe, attributes } = partsOf(message, subscription, letterhead);
  const { SignatureVersion, Signature, SigningCertURL } = await seal();
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: members.Type,
          MessageId: members.MessageId,
          TopicArn: members.TopicArn,
          Subject: members.Subject ?? null,
          Message: members.Message,
          Timestamp: members.Timestamp,
          SignatureVersion,
          Signature,
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: unsubscribe,
          MessageAttributes: attributes,
        },
      },
    ],
  };
}

/** The body of a message to a queue or address where delivery is not raw ("Parsing Amazon SNS message formats"). */
export async function notificationBody(
  message: PublishedMessage,
  subscription: SubscriptionRecord,
  letterhead: Letterhead,
): Promise<object> {
  const { members, seal, unsubscribe, attributes } = partsOf(message, subscription, letterhead);
  return {
    Type: members.Type,
    MessageId: members.MessageId,
    ...defined({ SequenceNumber: message.sequence }),
    TopicArn: members.TopicArn,
    ...defined({ Subject: members.Subject }),
    Message: members.Message,
    Timestamp: members.Timestamp,
    // FIFO topics sign nothing.
    ...(message.sequence === undefined && (await seal())),
    UnsubscribeURL: unsubscribe,
    ...(Object.keys(attributes).length > 0 && { MessageAttributes: attributes }),
  };
}

/** The messages that SNS sends to an HTTP endpoint about the endpoint's own subscription. */
export type Confirmation = 'SubscriptionConfirmation' | 'UnsubscribeConfirmation';

const CONFIRMATION: Readonly<Record<Confirmation, (subscription: SubscriptionRecord) => string>> = {
  SubscriptionConfirmation: ({ topicArn }) =>
    `You have chosen to subscribe to the topic ${topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
  UnsubscribeConfirmation: ({ arn }) =>
    `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
};

/** The address by which a subscription is confirmed. */
export function subscribeUrl(address: string, topicArn: string, token: string): string {
  return `${address}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
}

/** The body that asks an endpoint to confirm ("HTTP/HTTPS subscription confirmation JSON format"). */
export async function confirmationBody(
  type: Confirmation,
  { id, time }: Pick<PublishedMessage, 'id' | 'time'>,
  subscription: SubscriptionRecord,
  { context, signingKey: key, version }: Letterhead,
): Promise<object> {
  const { topicArn, token = '' } = subscription;
  const address = snsAddress(context, regionOf(topicArn));
  const members = {
    Type: type,
    MessageId: id,
    Token: token,
    TopicArn: topicArn,
    Message: CONFIRMATION[type](subscription),
    SubscribeURL: subscribeUrl(address, topicArn, token),
    Timestamp: new Date(time).toISOString(),
  };
  return { ...members, ...(await sealOf(members, { key, address, version })) };
}
