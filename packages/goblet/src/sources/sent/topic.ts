import { randomUUID } from 'node:crypto';
import { type Content, encodeContent } from '../content.js';
import type { Carried, TestEvent } from '../source.js';

/** A message that a test publishes. */
export interface TopicSent<M> {
  readonly message: M;
  readonly subject?: string;
  readonly attributes?: Readonly<Record<string, string | Uint8Array>>;
}

function notificationOf(content: Content, sent: TopicSent<unknown>): object {
  const attributes = Object.entries(sent.attributes ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string'
      ? { Type: 'String', Value: value }
      : { Type: 'Binary', Value: Buffer.from(value).toString('base64') },
  ]);
  return {
    Type: 'Notification',
    MessageId: randomUUID(),
    TopicArn: 'arn:aws:sns:eu-west-1:000000000000:test',
    ...(sent.subject !== undefined && { Subject: sent.subject }),
    Message: encodeContent(content, sent.message),
    Timestamp: new Date().toISOString(),
    SignatureVersion: '1',
    MessageAttributes: Object.fromEntries(attributes),
  };
}

/** Builds a notification for a message from a test. */
export function notificationEncoder(content: Content): Carried['encode'] {
  return (sent) => notificationOf(content, sent as TopicSent<unknown>);
}

const snsRecord = (notification: unknown): object => ({
  EventVersion: '1.0',
  EventSubscriptionArn: 'arn:aws:sns:eu-west-1:000000000000:test:test',
  EventSource: 'aws:sns',
  Sns: notification,
});

/** The event of a topic for messages from a test. */
export function topicEvent(content: Content): TestEvent | undefined {
  return (sent) => ({ Records: sent.map((one) => snsRecord(notificationOf(content, one as TopicSent<unknown>))) });
}
