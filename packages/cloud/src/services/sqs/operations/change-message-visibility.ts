import { AwsError } from '../../../core/aws-error.js';
import type { InputReader } from '../../../core/input-reader.js';
import { eachEntry, readEntries } from '../batch.js';
import type { MessageQueue } from '../message-queue.js';
import { integerBetween, neededText, readUrl } from '../queue-input.js';
import { parseQueueUrl } from '../queue-name.js';
import { parseReceiptHandle } from '../receipt-handle.js';
import { sqsOperation, urlAccess } from '../service-state.js';
import { invalidValue } from '../sqs-error.js';

interface Change {
  readonly handle: string;
  /** Seconds */
  readonly timeout: number;
}

function readChange(input: InputReader): Change {
  const timeout = integerBetween(input, 'VisibilityTimeout', 0, 43_200);
  if (timeout === undefined) {
    throw new AwsError(
      'MissingRequiredParameterException',
      'The request must contain the parameter VisibilityTimeout.',
    );
  }
  return { handle: neededText(input, 'ReceiptHandle'), timeout };
}

async function change(queue: MessageQueue, { handle, timeout }: Change, now: number): Promise<object> {
  const { sequence, receiptId } = parseReceiptHandle(handle, queue.record);
  const queued = queue.find(sequence);
  if (queued?.delivery.receiptId !== receiptId || queued.delivery.visibleAt <= now) {
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
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, ...readChange(input) };
  },
  access: urlAccess('ChangeMessageVisibility'),
  handle: async ({ url, ...input }, call, { context, queues }) => {
    await change(queues.get(parseQueueUrl(url, call)), input, context.now());
  },
});

export const changeMessageVisibilityBatch = sqsOperation({
  name: 'ChangeMessageVisibilityBatch',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, entries: readEntries(input, 'ChangeMessageVisibilityBatchRequestEntry') };
  },
  access: urlAccess('ChangeMessageVisibility'),
  handle: ({ url, entries }, call, { context, queues }) => {
    const queue = queues.get(parseQueueUrl(url, call));
    return eachEntry(entries, async ({ input }) => change(queue, readChange(input), context.now()));
  },
});
