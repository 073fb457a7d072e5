import { randomUUID } from 'node:crypto';
import { type Content, encodeContent } from '../content.js';
import type { TestEvent } from '../source.js';

/** The event of a queue for messages from a test. */
export function queueEvent(body: Content): TestEvent | undefined {
  return (sent) => ({
    Records: sent.map((one) => ({
      messageId: randomUUID(),
      receiptHandle: 'test',
      body: encodeContent(body, one),
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'test' },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:test',
      awsRegion: 'eu-west-1',
    })),
  });
}
