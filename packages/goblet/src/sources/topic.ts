import { notificationEncoder, topicEvent } from '#parts/tooling';
import { notNotification } from '../errors/records.js';
import { hasShape, type Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { type Content, type ContentOf, type ContentSent, decodeContent, type TypedContent } from './content.js';
import { contentOptions } from './content-options.js';
import { MESSAGE_ATTRIBUTES, type MessageAttributes, messageAttributes } from './message-attributes.js';
import { RecordRefused, recordsOf } from './record-refused.js';
import type { TopicSent } from './sent/topic.js';
import { newSource, type Pattern, type Source } from './source.js';
import { wholeBatch } from './whole-batch.js';

/** A message of a topic. */
export interface TopicRecord<M = unknown> {
  /** The same if SNS delivers a message again. */
  readonly id: string;
  readonly message: M;
  readonly subject: string | undefined;
  readonly attributes: MessageAttributes;
  /** When it was published. */
  readonly time: Date;
  readonly topicArn: string;
}

/** Which messages of a topic reach the function. */
export interface TopicOptions {
  /**
   * Only messages that match reach the function ("Amazon SNS subscription filter policies").
   * @default - all messages
   */
  readonly filterPolicy?: Pattern;
  /**
   * The part of a message to which the filter policy applies.
   * @default 'MessageAttributes'
   */
  readonly filterPolicyScope?: 'MessageAttributes' | 'MessageBody';
}

/** A notification of SNS to Lambda ("Using Lambda with Amazon SNS") or in the messages of a queue. */
const NOTIFICATION = {
  MessageId: 'string',
  Message: 'string',
  'Subject?': 'string',
  Timestamp: 'time',
  TopicArn: 'string',
  'MessageAttributes?': MESSAGE_ATTRIBUTES,
} as const;

async function decodeNotification(content: Content, notification: Shaped<typeof NOTIFICATION>): Promise<TopicRecord> {
  return {
    id: notification.MessageId,
    message: await decodeContent(content, notification.Message),
    subject: notification.Subject ?? undefined,
    attributes: messageAttributes(notification.MessageAttributes),
    time: new Date(notification.Timestamp),
    topicArn: notification.TopicArn,
  };
}

const readTopic =
  (content: Content): ReadBatch =>
  (event, log) =>
    wholeBatch(
      recordsOf(event, 'an SNS topic', { Sns: NOTIFICATION }).map(({ Sns }) => ({
        id: Sns.MessageId,
        decode: () => decodeNotification(content, Sns),
      })),
      log,
    );

/** @throws RecordRefused for a message without SNS's envelope, as with raw message delivery */
function decodeCarried(content: Content, value: unknown): unknown {
  if (!hasShape(value, NOTIFICATION)) throw new RecordRefused(notNotification);
  return decodeNotification(content, value);
}

/**
 * An SNS topic. Its messages are JSON with a schema, text (`String`), or whatever `bucket(…)` or `bus(…)` delivers if
 * one of them publishes to the topic. A message that does not match fails the invocation.
 * @example sources: { orders: topic(Order), alarms: topic(String) }
 */
export function topic<M extends TypedContent>(
  message: M,
  options?: TopicOptions,
): Source<'topic', TopicRecord<ContentOf<M>>, TopicSent<ContentSent<M>>> {
  const content = message as Content;
  return newSource(
    'topic',
    { ...options, ...contentOptions('message', content) },
    {
      read: readTopic(content),
      event: topicEvent(content),
      carried: { decode: (value) => decodeCarried(content, value), encode: notificationEncoder(content) },
    },
  );
}
