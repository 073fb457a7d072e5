import { defined } from '../../../core/defined.js';
import type { Output } from '../../../model/client-types.js';

/** A message as Lambda hands it to a function ("Using Lambda with Amazon SQS"). */
export interface QueueEventRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
  readonly md5OfBody: string;
  /** Absent where the message has none. */
  readonly md5OfMessageAttributes?: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** A message that ReceiveMessage gave. */
export type ReceivedMessage = NonNullable<Output<'sqs', 'ReceiveMessage'>['Messages']>[number];

/** Makes the record of a message that ReceiveMessage gave. */
export function queueEventRecord(
  message: ReceivedMessage,
  eventSourceARN: string,
  awsRegion: string,
): QueueEventRecord {
  const { MD5OfMessageAttributes } = message;
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: message.Attributes ?? {},
    messageAttributes: messageAttributes(message.MessageAttributes),
    md5OfBody: message.MD5OfBody ?? '',
    ...defined({ md5OfMessageAttributes: MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
}

function messageAttributes(given: ReceivedMessage['MessageAttributes'] = {}): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(given).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...defined({ stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}
