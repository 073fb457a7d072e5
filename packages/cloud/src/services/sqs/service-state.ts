import type { CloudContext } from '../../core/cloud.js';
import type { Access, Call } from '../../core/operation.js';
import { operationsOf } from '../../model/operation.js';
import { type QueueName, queueArn } from './queue-name.js';
import type { QueueStore } from './queue-store.js';
import { refuseInput } from './sqs-error.js';

/** The state that the operations of SQS share. */
export interface SqsState {
  readonly context: CloudContext;
  readonly queues: QueueStore;
}

/** An operation of SQS. */
export const sqsOperation = operationsOf<SqsState, 'sqs'>('sqs', refuseInput);

/** Permission for one action on one queue, by the caller's policies or the queue's own. */
export function queueAccess(action: string, queue: QueueName, { queues }: SqsState): readonly Access[] {
  return [
    {
      action: `sqs:${action}`,
      resource: queueArn(queue),
      resourcePolicy: async () => queues.find(queue)?.record.attributes.Policy,
    },
  ];
}

/** For operations on one queue. */
export function onQueue(action: string) {
  return ({ queue }: { readonly queue: QueueName }, _call: Call, state: SqsState): readonly Access[] =>
    queueAccess(action, queue, state);
}
