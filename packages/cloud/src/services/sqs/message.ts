import { createHash } from 'node:crypto';
import type { MessageAttributes } from '../../kit/message-attributes.js';

/** A message as it was sent; never changed. */
export interface Message {
  readonly id: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  /** X-Ray's, where the sender gave one. */
  readonly traceHeader?: string;
  readonly senderId: string;
  /** Epoch milliseconds. */
  readonly sent: number;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  /** The queue that it was moved from, having been received too often there. */
  readonly deadLetterSource?: string;
  /** How often it was received in that queue. */
  readonly receivedBefore: number;
}

/** The delivery state of a message. */
export interface Delivery {
  /** Epoch milliseconds from which it can be received. */
  readonly visibleAt: number;
  /** How often it was received in this queue. */
  readonly receiveCount: number;
  /** Epoch milliseconds; none before the first time. */
  readonly firstReceived?: number;
  /** Of the receipt handle that is in force. */
  readonly receiptId?: string;
}

/** A message in its queue. */
export interface QueuedMessage {
  /** Its place, which is the order of sending. */
  readonly sequence: string;
  readonly message: Message;
  readonly delivery: Delivery;
}

export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/**
 * The digest that senders and receivers compare ("Calculating the MD5 message digest for message attributes" of the SQS
 * developer guide); none where there are no attributes.
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    add(Buffer.from(name));
    add(Buffer.from(DataType));
    hash.update(Uint8Array.of(BinaryValue === undefined ? 1 : 2));
    add(BinaryValue === undefined ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64'));
  }
  return hash.digest('hex');
}
