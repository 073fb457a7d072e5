import { randomUUID } from 'node:crypto';
import type { SourceDefinition } from '../definition.js';

/** The event that AWS would send the function of a source. */
export function sourceEvent(kind: SourceDefinition['kind'], sent: readonly unknown[]): unknown {
  if (kind === 'queue')
    return {
      Records: sent.map((body) => ({
        messageId: randomUUID(),
        receiptHandle: 'test',
        body: typeof body === 'string' ? body : JSON.stringify(body),
        attributes: { ApproximateReceiveCount: '1', SentTimestamp: '0', SenderId: 'test' },
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:000000000000:test',
        awsRegion: 'eu-west-1',
      })),
    };
  if (kind === 'schedule')
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '000000000000',
      time: (sent[0] instanceof Date ? sent[0] : new Date()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region: 'eu-west-1',
      resources: [],
      detail: {},
    };
  return sent[0];
}
