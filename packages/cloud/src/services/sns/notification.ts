import type { MessageAttributes } from '../../kit/message-attributes.js';
import { messageFor, type PublishedMessage } from './message.js';
import type { SubscriptionRecord } from './subscription-record.js';

/** Nobody here has the key that SNS signs with: what verifies signatures cannot be tried locally. */
const UNSIGNED = '';

function attributesOf(attributes: MessageAttributes): Readonly<Record<string, object>> {
  const entries = Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
    name,
    { Type: DataType, Value: StringValue ?? BinaryValue },
  ]);
  return Object.fromEntries(entries);
}

/** The parts of a notification, independent of its format. */
function partsOf(message: PublishedMessage, { arn, topicArn, protocol }: SubscriptionRecord) {
  const host = `https://sns.${topicArn.split(':')[3]}.amazonaws.com`;
  return {
    id: message.id,
    topicArn,
    text: messageFor(message, protocol),
    time: new Date(message.time).toISOString(),
    certificate: `${host}/SimpleNotificationService.pem`,
    unsubscribe: `${host}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
    attributes: attributesOf(message.attributes),
  };
}

/** The event of a function ("Invoking Lambda functions with Amazon SNS notifications"). */
export function notificationEvent(message: PublishedMessage, subscription: SubscriptionRecord): object {
  const parts = partsOf(message, subscription);
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscription.arn,
        Sns: {
          Type: 'Notification',
          MessageId: parts.id,
          TopicArn: parts.topicArn,
          Subject: message.subject ?? null,
          Message: parts.text,
          Timestamp: parts.time,
          SignatureVersion: '1',
          Signature: UNSIGNED,
          SigningCertUrl: parts.certificate,
          UnsubscribeUrl: parts.unsubscribe,
          MessageAttributes: parts.attributes,
        },
      },
    ],
  };
}

/** The body of a queue's message where delivery is not raw ("Parsing Amazon SNS message formats"). */
export function notificationBody(message: PublishedMessage, subscription: SubscriptionRecord): object {
  const parts = partsOf(message, subscription);
  return {
    Type: 'Notification',
    MessageId: parts.id,
    ...(message.sequence !== undefined && { SequenceNumber: message.sequence }),
    TopicArn: parts.topicArn,
    ...(message.subject !== undefined && { Subject: message.subject }),
    Message: parts.text,
    Timestamp: parts.time,
    // FIFO topics sign nothing.
    ...(message.sequence === undefined && {
      SignatureVersion: '1',
      Signature: UNSIGNED,
      SigningCertURL: parts.certificate,
    }),
    UnsubscribeURL: parts.unsubscribe,
    ...(Object.keys(parts.attributes).length > 0 && { MessageAttributes: parts.attributes }),
  };
}
