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
  /** How often the message has been received, including this time. */
  readonly attempts: number;
  readonly attributes: MessageAttributes;
  /** The message group, if it was sent with one. */
  readonly group: string | undefined;
}

export interface QueueOptions {
  /**
   * 1 to 10,000. More than 10 requires a `batchWindow`; a FIFO queue allows at most 10.
   * @default 10
   */
  readonly batchSize?: number;
  /**
   * Seconds, 0 to 300; not for a FIFO queue.
   * @default 0
   */
  readonly batchWindow?: number;
  /**
   * Concurrent batches, 2 to 1000.
   * @default - as many as Lambda allows
   */
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

/**
 * Only a FIFO queue keeps the order of a group; in other queues a group only means fairness. The name of a FIFO queue
 * ends in `.fifo`.
 */
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
  // More than ten require a window.
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
 * An SQS queue. Its message bodies are JSON with a schema, text (`String`), or whatever `topic(…)`, `bucket(…)` or
 * `bus(…)` delivers if one of them sends to the queue.
 *
 * A record that does not match is logged and returned, and ends up in the dead-letter queue if there is one. In a FIFO
 * queue the later records of its group are returned too.
 * @throws DeclarationError for options that Lambda does not accept
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
