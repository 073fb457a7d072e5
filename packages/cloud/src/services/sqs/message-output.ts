import { isFifo, type QueueName } from '../../core/queue-name.js';
import { type MessageAttributes, toAttributeOutput } from '../../kit/message-attributes.js';
import type { QueuedMessage } from './message.js';
import { md5, md5OfAttributes } from './message.js';
import { receiptHandle } from './receipt-handle.js';

/** The attributes that a receiver asks for with each message. */
export interface AskedAttributes {
  readonly system: readonly string[];
  readonly attributes: readonly string[];
}

/** A message as ReceiveMessage answers it. */
export function toMessageOutput(queue: QueueName, queued: QueuedMessage, asked: AskedAttributes) {
  const { message } = queued;
  const system = Object.entries(systemAttributes(queue, queued)).filter(
    ([name, value]) => value !== undefined && (asked.system.includes('All') || asked.system.includes(name)),
  );
  const attributes = askedAttributes(message.attributes, asked.attributes);
  return {
    MessageId: message.id,
    ReceiptHandle: receiptHandle(queue, queued),
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
    ...(Object.keys(attributes).length > 0 && {
      MessageAttributes: toAttributeOutput(attributes),
      MD5OfMessageAttributes: md5OfAttributes(attributes),
    }),
  };
}

function systemAttributes(queue: QueueName, { sequence, message, delivery }: QueuedMessage) {
  return {
    SenderId: message.senderId,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receivedBefore + delivery.receiveCount),
    ApproximateFirstReceiveTimestamp: String(delivery.firstReceived),
    SequenceNumber: isFifo(queue) ? sequence : undefined,
    MessageDeduplicationId: message.deduplicationId,
    MessageGroupId: message.groupId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSource,
  };
}

/** The names that stand for every attribute of a message. */
const ALL = ['All', '.*', '*'];

/** By name, by the start of a name (`order.*`), or all of them. */
function askedAttributes(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  const wanted = (name: string): boolean =>
    asked.some((each) =>
      ALL.includes(each) ? true : each.endsWith('.*') ? name.startsWith(each.slice(0, -2)) : each === name,
    );
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted(name)));
}
