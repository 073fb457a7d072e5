import { randomUUID } from 'node:crypto';
import type { Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import {
  type Content,
  type ContentOf,
  type ContentSent,
  contentOptions,
  decodeContent,
  encodeContent,
  type TypedContent,
} from './content.js';
import { MESSAGE_ATTRIBUTES, type MessageAttributes, messageAttributes } from './message-attributes.js';
import { checkRange } from './option-range.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import { recordsOf } from './record-refused.js';
import { newSource, type Pattern, type Source, type TestEvent } from './source.js';

export interface QueueRecord<B = unknown> extends Returnable {
  readonly id: string;
  readonly body: B;
  /** How often it has been received, this time included. */
  readonly attempts: number;
  readonly attributes: MessageAttributes;
  /** Its message group, where it was sent with one. */
  readonly group: string | undefined;
}

export interface QueueOptions {
  /** 1 to 10,000; more than 10 take a `batchWindow`, and FIFO queues no more than 10. @default 10 */
  readonly batchSize?: number;
  /** Seconds, 0 to 300; none for a FIFO queue. @default 0 */
  readonly batchWindow?: number;
  /** Batches that are handled at a time, 2 to 1000. @default - as many as Lambda has room for */
  readonly maxConcurrency?: number;
  /** Only records that match one of these reach the function; Lambda deletes the others. @default - all do */
  readonly filters?: readonly Pattern[];
}

/** "Using Lambda with Amazon SQS". */
const SQS_RECORD = {
  messageId: 'string',
  body: 'string',
  'attributes?': { 'ApproximateReceiveCount?': 'string', 'MessageGroupId?': 'string' },
  'messageAttributes?': MESSAGE_ATTRIBUTES,
  'eventSourceARN?': 'string',
} as const;

/** A group has an order in a FIFO queue alone; in others it stands for fairness. The name of a FIFO queue says so. */
const orderOf = ({ eventSourceARN, attributes }: Shaped<typeof SQS_RECORD>): string | undefined =>
  eventSourceARN?.endsWith('.fifo') ? (attributes?.MessageGroupId ?? undefined) : undefined;

const readQueue =
  (body: Content): ReadBatch =>
  (event, log) =>
    partialBatch(
      recordsOf(event, 'an SQS queue', SQS_RECORD).map((record) => ({
        id: record.messageId,
        order: orderOf(record),
        decode: async () => ({
          id: record.messageId,
          body: await decodeContent(body, record.body),
          attempts: Number(record.attributes?.ApproximateReceiveCount ?? 1) || 1,
          attributes: messageAttributes(record.messageAttributes),
          group: record.attributes?.MessageGroupId ?? undefined,
        }),
      })),
      log,
    );

/** @throws DeclarationError */
function checkOptions(options: QueueOptions): void {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return;
  const { batchSize, batchWindow, maxConcurrency } = options;
  // More than ten take a window to gather in.
  checkRange(queue, 'batchSize without a batchWindow', batchWindow ? undefined : batchSize, 1, 10);
  checkRange(queue, 'batchSize', batchSize, 1, 10_000);
  checkRange(queue, 'batchWindow', batchWindow, 0, 300);
  checkRange(queue, 'maxConcurrency', maxConcurrency, 2, 1000);
}

function queueEvent(body: Content): TestEvent | undefined {
  if (process.env.GOBLET_OMIT_TOOLING === '1') return undefined;
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

/**
 * An SQS queue. Its message bodies are JSON of a schema, text (`String`), or what `topic(…)`, `bucket(…)` or `bus(…)`
 * deliver where one of them sends to the queue.
 *
 * A record that is refused is logged and given back, and ends in the dead-letter queue where there is one. In a FIFO
 * queue the later records of its group go back with it.
 * @throws DeclarationError for options that Lambda does not take
 * @example sources: { jobs: queue(Job, { batchSize: 5 }), uploads: queue(bucket()) }
 */
export function queue<B extends TypedContent>(
  body: B,
  options?: QueueOptions,
): Source<'queue', QueueRecord<ContentOf<B>>, ContentSent<B>> {
  const content = body as Content;
  checkOptions(options ?? {});
  return newSource(
    'queue',
    { ...options, ...contentOptions('body', content) },
    { read: readQueue(content), event: queueEvent(content) },
  );
}
