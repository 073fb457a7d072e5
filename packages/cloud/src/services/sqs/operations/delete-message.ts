import { isFifo } from '../../../core/queue-name.js';
import { checkEntries } from '../../../kit/batch.js';
import type { MessageQueue } from '../message-queue.js';
import { queueMetrics } from '../queue-metrics.js';
import { parseQueueUrl } from '../queue-name.js';
import { parseReceiptHandle } from '../receipt-handle.js';
import { onQueue, type SqsState, sqsOperation } from '../service-state.js';
import { batchWords, eachQueued, invalidValue } from '../sqs-error.js';

/** A standard queue deletes by every handle that it gave for a message; a FIFO queue by that of the latest receipt. */
async function remove(
  queue: MessageQueue,
  handle: string,
  context: SqsState['context'],
): Promise<Record<never, never>> {
  const now = context.now();
  const { sequence, receiptId } = parseReceiptHandle(handle, queue.record);
  const queued = queue.find(sequence);
  if (queued?.delivery.receiptId === undefined) return {};
  if (isFifo(queue.record)) {
    if (queued.delivery.receiptId !== receiptId) return {};
    if (queued.delivery.visibleAt <= now) {
      throw invalidValue(handle, 'ReceiptHandle', 'The receipt handle has expired.');
    }
  }
  await queue.remove(sequence);
  queueMetrics(context, queue.record)?.add('NumberOfMessagesDeleted', 'Count');
  return {};
}

export const deleteMessage = sqsOperation({
  name: 'DeleteMessage',
  parse: ({ QueueUrl, ReceiptHandle }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope), handle: ReceiptHandle }),
  access: (row) => [onQueue(row, 'DeleteMessage')],
  handle: async ({ queue, handle }, _call, { context, queues }) => {
    await remove(queues.get(queue), handle, context);
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
    return eachQueued(entries, ({ ReceiptHandle }) => remove(from, ReceiptHandle, context));
  },
});
