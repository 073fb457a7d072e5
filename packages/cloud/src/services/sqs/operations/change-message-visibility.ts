import { isFifo } from '../../../core/queue-name.js';
import { checkEntries } from '../../../kit/batch.js';
import type { MessageQueue } from '../message-queue.js';
import { parseQueueUrl } from '../queue-name.js';
import { parseReceiptHandle } from '../receipt-handle.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { batchWords, checkRange, eachQueued, invalidValue, missingParameter } from '../sqs-error.js';

/** Seconds */
const MAX_TIMEOUT = 43_200;

/** @param timeout seconds */
async function change(
  queue: MessageQueue,
  handle: string,
  timeout: number,
  now: number,
): Promise<Record<never, never>> {
  checkRange('VisibilityTimeout', timeout, 0, MAX_TIMEOUT);
  const { sequence, receiptId } = parseReceiptHandle(handle, queue.record);
  const queued = queue.find(sequence);
  // A standard queue lets its last receiver hide a message again that was visible in between.
  if (queued?.delivery.receiptId !== receiptId || (isFifo(queue.record) && queued.delivery.visibleAt <= now)) {
    throw invalidValue(
      handle,
      'ReceiptHandle',
      'Message does not exist or is not available for visibility timeout change.',
    );
  }
  await queue.hide(queued, timeout * 1000);
  return {};
}

export const changeMessageVisibility = sqsOperation({
  name: 'ChangeMessageVisibility',
  parse: ({ QueueUrl, ReceiptHandle, VisibilityTimeout }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    handle: ReceiptHandle,
    timeout: VisibilityTimeout,
  }),
  access: (row) => [onQueue(row, 'ChangeMessageVisibility')],
  handle: async ({ queue, handle, timeout }, _call, { context, queues }) => {
    await change(queues.get(queue), handle, timeout, context.now());
  },
});

export const changeMessageVisibilityBatch = sqsOperation({
  name: 'ChangeMessageVisibilityBatch',
  parse: ({ QueueUrl, Entries }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    entries: checkEntries(Entries, batchWords('ChangeMessageVisibilityBatchRequestEntry')),
  }),
  access: (row) => [onQueue(row, 'ChangeMessageVisibility')],
  handle: ({ queue, entries }, _call, { context, queues }) => {
    const from = queues.get(queue);
    return eachQueued(entries, ({ ReceiptHandle, VisibilityTimeout }) => {
      if (VisibilityTimeout === undefined) throw missingParameter('VisibilityTimeout');
      return change(from, ReceiptHandle, VisibilityTimeout, context.now());
    });
  },
});
