import { InputReader } from '../../../core/input-reader.js';

/** Bytes of an event; what a synchronous invocation takes. */
const LONGEST_EVENT = 6_291_456;

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

/** Events that a function can take: a batch of large messages is handed over in several. */
export function* queueEvents(records: readonly QueueEventRecord[]): Generator<{
  readonly records: readonly QueueEventRecord[];
  readonly payload: Uint8Array;
}> {
  let part: QueueEventRecord[] = [];
  let texts: string[] = [];
  let size = 0;
  const event = () => ({ records: part, payload: Buffer.from(`{"Records":[${texts.join(',')}]}`) });
  for (const record of records) {
    const text = JSON.stringify(record);
    const bytes = Buffer.byteLength(text) + 1;
    if (part.length > 0 && size + bytes > LONGEST_EVENT - 16) {
      yield event();
      part = [];
      texts = [];
      size = 0;
    }
    part.push(record);
    texts.push(text);
    size += bytes;
  }
  if (part.length > 0) yield event();
}

/**
 * The records that a function handled, of those that it was given ("Implementing partial batch responses"). What it
 * answers counts only where the mapping says that it reports failures; an answer that cannot be read fails all of them.
 */
export function handled(
  records: readonly QueueEventRecord[],
  answer: Uint8Array,
  reportsFailures: boolean,
): readonly QueueEventRecord[] {
  if (!reportsFailures) return records;
  const failed = failedIds(Buffer.from(answer).toString());
  const known = new Set(records.map(({ messageId }) => messageId));
  if (failed === 'unreadable' || failed.some((id) => !known.has(id))) return [];
  return records.filter(({ messageId }) => !failed.includes(messageId));
}

function failedIds(text: string): readonly string[] | 'unreadable' {
  let answer: unknown;
  try {
    answer = text === '' ? null : JSON.parse(text);
  } catch {
    return 'unreadable';
  }
  if (answer === null) return [];
  if (typeof answer !== 'object') return 'unreadable';
  const failures: unknown = Reflect.get(answer, 'batchItemFailures') ?? [];
  if (!Array.isArray(failures)) return 'unreadable';
  const ids = failures.map((each: unknown): unknown =>
    typeof each === 'object' && each !== null ? Reflect.get(each, 'itemIdentifier') : undefined,
  );
  return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : 'unreadable';
}
