import { checkQueue, queueEvent } from '#parts/tooling';
import type { Shaped } from '../lambda/event-shape.js';
import type { ReadBatch } from './batch.js';
import { type Content, type ContentOf, type ContentSent, decodeContent, type TypedContent } from './content.js';
import { contentOptions } from './content-options.js';
import { MESSAGE_ATTRIBUTES, type MessageAttributes, messageAttributes } from './message-attributes.js';
import { partialBatch, type Returnable } from './partial-batch.js';
import type { QueueOptions } from './queue-options.js';
import { recordsOf } from './record-refused.js';
import { newSource, type Source } from './source.js';

/** A message of a queue. */
export interface QueueRecord<B = unknown> extends Returnable {
  readonly id: string;
  readonly body: B;
  /** How often the message has been received, including this time. */
  readonly attempts: number;
  readonly attributes: MessageAttributes;
  /** The message group, if it was sent with one. */
  readonly group: string | undefined;
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
  checkQueue(queue, options ?? {});
  return newSource(
    'queue',
    { ...options, ...contentOptions('body', content) },
    { read: readQueue(content), event: queueEvent(content) },
  );
}
