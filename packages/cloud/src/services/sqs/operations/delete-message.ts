import { isFifo } from '../../../core/queue-name.js';
import { checkEntries, eachEntry } from '../../../kit/batch.js';
import type { MessageQueue } from '../message-queue.js';
import { parseQueueUrl } from '../queue-name.js';
import { parseReceiptHandle } from '../receipt-handle.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { batchWords, invalidValue, queryCode } from '../sqs-error.js';

/** A handle that a later receipt took the place of deletes nothing, and says nothing of it, as on AWS. */
async function remove(queue: MessageQueue, handle: string, now: number): Promise<Record<never, never>> {
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
  parse: ({ QueueUrl, ReceiptHandle }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope), handle: ReceiptHandle }),
  access: (row) => [onQueue(row, 'DeleteMessage')],
  handle: async ({ queue, handle }, _call, { context, queues }) => {
    await remove(queues.get(queue), handle, context.now());
  },
});

export const deleteMessageBatch = sqsOperation({
  name: 'DeleteMessageBatch',
  parse: ({ QueueUrl, Entries }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    entries: checkEntries(Entries, batchWords('DeleteMessageBatchRequestEntry')),
  }),
  access: (row) => [onQueue(row, 'DeleteMessage')],
  handle: ({ queue, entries }, _call, { context, queues }) => {
    const from = queues.get(queue);
    return eachEntry(entries, ({ ReceiptHandle }) => remove(from, ReceiptHandle, context.now()), queryCode);
  },
});
