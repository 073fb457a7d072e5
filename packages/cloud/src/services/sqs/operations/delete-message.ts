import { eachEntry, readEntries } from '../batch.js';
import type { MessageQueue } from '../message-queue.js';
import { neededText, readUrl } from '../queue-input.js';
import { isFifo, parseQueueUrl } from '../queue-name.js';
import { parseReceiptHandle } from '../receipt-handle.js';
import { sqsOperation, urlAccess } from '../service-state.js';
import { invalidValue } from '../sqs-error.js';

/** A handle that a later receipt took the place of deletes nothing, and says nothing of it, as on AWS. */
async function remove(queue: MessageQueue, handle: string, now: number): Promise<object> {
  const { sequence, receiptId } = parseReceiptHandle(handle, queue.record);
  const queued = queue.find(sequence);
  if (queued?.delivery.receiptId !== receiptId) return {};
  if (isFifo(queue.record) && queued.delivery.visibleAt <= now) {
    throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
  }
  await queue.remove(sequence);
  return {};
}

export const deleteMessage = sqsOperation({
  name: 'DeleteMessage',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, handle: neededText(input, 'ReceiptHandle') };
  },
  access: urlAccess('DeleteMessage'),
  handle: async ({ url, handle }, call, { context, queues }) => {
    await remove(queues.get(parseQueueUrl(url, call)), handle, context.now());
  },
});

export const deleteMessageBatch = sqsOperation({
  name: 'DeleteMessageBatch',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, entries: readEntries(input, 'DeleteMessageBatchRequestEntry') };
  },
  access: urlAccess('DeleteMessage'),
  handle: ({ url, entries }, call, { context, queues }) => {
    const queue = queues.get(parseQueueUrl(url, call));
    return eachEntry(entries, ({ input }) => remove(queue, neededText(input, 'ReceiptHandle'), context.now()));
  },
});
