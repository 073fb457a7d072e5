import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { eachEntry, readEntries } from '../batch.js';
import { md5, md5OfAttributes } from '../message.js';
import { type MessageInput, messageFor, readMessage, sizeOf } from '../message-input.js';
import type { MessageQueue } from '../message-queue.js';
import { readUrl } from '../queue-input.js';
import { isFifo, parseQueueUrl } from '../queue-name.js';
import { type SqsState, sqsOperation, urlAccess } from '../service-state.js';

/** Bytes of all messages of a batch. */
const LONGEST_BATCH = 1_048_576;

async function send(queue: MessageQueue, input: MessageInput, call: Call, { context }: SqsState) {
  const { message, delay } = messageFor(queue, input, call, context.now());
  const { id, sequence } = await queue.send(message, delay);
  const { body, attributes, traceHeader } = input;
  const ofAttributes = md5OfAttributes(attributes);
  return {
    MessageId: id,
    MD5OfMessageBody: md5(body),
    ...(ofAttributes !== undefined && { MD5OfMessageAttributes: ofAttributes }),
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
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, message: readMessage(input) };
  },
  access: urlAccess('SendMessage'),
  handle: ({ url, message }, call, state) => send(state.queues.get(parseQueueUrl(url, call)), message, call, state),
});

export const sendMessageBatch = sqsOperation({
  name: 'SendMessageBatch',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, entries: readEntries(input, 'SendMessageBatchRequestEntry') };
  },
  access: urlAccess('SendMessage'),
  handle: ({ url, entries }, call, state) => {
    const queue = state.queues.get(parseQueueUrl(url, call));
    const size = entries.reduce(
      (sum, { input }) => sum + sizeOf({ body: input.text('MessageBody') ?? '', attributes: {} }),
      0,
    );
    if (size > LONGEST_BATCH) {
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than ${LONGEST_BATCH} bytes. You have sent ${size} bytes.`,
      );
    }
    return eachEntry(entries, ({ input }) => send(queue, readMessage(input), call, state));
  },
});
