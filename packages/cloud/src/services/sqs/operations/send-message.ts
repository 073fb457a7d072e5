import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import type { Call } from '../../../core/operation.js';
import { isFifo } from '../../../core/queue-name.js';
import { checkEntries } from '../../../kit/batch.js';
import { messageSize } from '../../../kit/message-attributes.js';
import { md5, md5OfAttributes } from '../message.js';
import { fifoDeduplication, type MessageInput, messageFor, readMessage } from '../message-input.js';
import type { MessageQueue } from '../message-queue.js';
import { useQueueKey } from '../queue-key.js';
import { queueMetrics } from '../queue-metrics.js';
import { parseQueueUrl } from '../queue-name.js';
import { onQueue, type SqsState, sqsOperation } from '../service-state.js';
import { batchWords, eachQueued, invalidParameter } from '../sqs-error.js';

/** Bytes of all messages of a batch. */
const LONGEST_BATCH = 1_048_576;

/** The words of SQS for an entry of a batch that is too long. */
const TOO_LONG = 'One or more parameters cannot be validated.';

async function send(
  queue: MessageQueue,
  input: MessageInput,
  call: Call,
  { context }: SqsState,
  tooLong = 'One or more parameters are invalid.',
) {
  const { message, delay } = messageFor(queue, input, call, { now: context.now(), tooLong });
  const { id, sequence } = await queue.send(message, delay);
  const metrics = queueMetrics(context, queue.record);
  metrics?.add('NumberOfMessagesSent', 'Count');
  metrics?.add('SentMessageSize', 'Bytes', messageSize(input.body, input.attributes));
  const { body, attributes, traceHeader } = input;
  const ofAttributes = md5OfAttributes(attributes);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...defined({ MD5OfMessageAttributes: ofAttributes }),
    ...(traceHeader !== undefined && {
      MD5OfMessageSystemAttributes: md5OfAttributes({
        AWSTraceHeader: { DataType: 'String', StringValue: traceHeader },
      }),
    }),
    ...(isFifo(queue.record) && { SequenceNumber: sequence }),
  };
}

export const sendMessage = sqsOperation({
  name: 'SendMessage',
  parse: ({ QueueUrl, ...message }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    message: readMessage(message),
  }),
  access: (row) => [onQueue(row, 'SendMessage')],
  handle: async ({ queue, message }, call, state) => {
    const to = state.queues.get(queue);
    await useQueueKey(state.context, call, to.record, 'GenerateDataKey', 'Decrypt');
    return send(to, message, call, state);
  },
});

/** A FIFO queue refuses a whole batch for an entry without its group or what it is told apart by. */
function checkFifoEntry(
  { MessageBody: body, MessageGroupId: groupId, MessageDeduplicationId: deduplicationId }: FifoEntry,
  attributes: Readonly<Record<string, string>>,
): void {
  if (groupId === undefined) throw invalidParameter('The request must contain the parameter MessageGroupId.');
  fifoDeduplication({ groupId, deduplicationId, body }, attributes);
}

interface FifoEntry {
  readonly MessageBody: string;
  readonly MessageGroupId?: string | undefined;
  readonly MessageDeduplicationId?: string | undefined;
}

export const sendMessageBatch = sqsOperation({
  name: 'SendMessageBatch',
  parse: ({ QueueUrl, Entries }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    entries: checkEntries(Entries, batchWords('SendMessageBatchRequestEntry')),
  }),
  access: (row) => [onQueue(row, 'SendMessage')],
  handle: async ({ queue, entries }, call, state) => {
    const to = state.queues.get(queue);
    const size = entries.reduce((sum, { MessageBody }) => sum + messageSize(MessageBody), 0);
    if (size > LONGEST_BATCH) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${LONGEST_BATCH} bytes. You have sent ${size} bytes.`,
      );
    }
    await useQueueKey(state.context, call, to.record, 'GenerateDataKey', 'Decrypt');
    if (isFifo(to.record)) for (const entry of entries) checkFifoEntry(entry, to.record.attributes);
    return eachQueued(entries, async ({ Id: _, ...message }) => send(to, readMessage(message), call, state, TOO_LONG));
  },
});
