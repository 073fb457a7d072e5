import type { CloudContext } from '../../core/cloud.js';
import { type Access, type Call, operation } from '../../core/operation.js';
import { parseQueueUrl, type QueueName, queueArn } from './queue-name.js';
import type { QueueStore } from './queue-store.js';

/** What the operations of SQS share. */
export interface SqsState {
  readonly context: CloudContext;
  readonly queues: QueueStore;
}

/** An operation of SQS. */
export const sqsOperation = operation<SqsState>();

/** Leave for one action on one queue, by the caller's policies or the queue's own. */
export function queueAccess(action: string, queue: QueueName, { queues }: SqsState): readonly Access[] {
  return [
    {
      action: `sqs:${action}`,
      resource: queueArn(queue),
      resourcePolicy: async () => queues.find(queue)?.record.attributes.Policy,
    },
  ];
}

/** For operations on the queue whose URL is in their input. */
export function urlAccess(action: string) {
  return ({ url }: { readonly url: string }, call: Call, state: SqsState): readonly Access[] =>
    queueAccess(action, parseQueueUrl(url, call), state);
}
