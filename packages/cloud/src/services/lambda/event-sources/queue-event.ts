import { InputReader } from '../../../core/input-reader.js';

/** A message as Lambda hands it to a function ("Using Lambda with Amazon SQS"). */
export interface QueueEventRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, object>>;
  readonly md5OfBody: string;
  readonly md5OfMessageAttributes?: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

/** Makes the record of a message that ReceiveMessage gave. */
export function queueEventRecord(message: unknown, eventSourceARN: string, awsRegion: string): QueueEventRecord {
  const input = new InputReader(message);
  const md5OfMessageAttributes = input.text('MD5OfMessageAttributes');
  const record: QueueEventRecord = {
    messageId: input.requiredText('MessageId'),
    receiptHandle: input.requiredText('ReceiptHandle'),
    body: input.requiredText('Body'),
    attributes: input.textMap('Attributes') ?? {},
    messageAttributes: messageAttributes(input.structure('MessageAttributes')),
    md5OfBody: input.requiredText('MD5OfBody'),
    ...(md5OfMessageAttributes !== undefined && { md5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion,
  };
  input.check();
  return record;
}

function messageAttributes(attributes: InputReader | undefined): Readonly<Record<string, object>> {
  const entries = (attributes?.names() ?? []).map((name) => {
    const attribute = attributes?.structure(name);
    const stringValue = attribute?.text('StringValue');
    const binaryValue = attribute?.text('BinaryValue');
    const value = {
      ...(stringValue !== undefined && { stringValue }),
      ...(binaryValue !== undefined && { binaryValue }),
      stringListValues: [],
      binaryListValues: [],
      dataType: attribute?.text('DataType'),
    };
    return [name, value] as const;
  });
  return Object.fromEntries(entries);
}
