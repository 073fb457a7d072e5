import type { AccessRow, ConditionKeys, RowMaker, Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import { type QueueName, queueArn } from '../../core/queue-name.js';
import { operationsOf } from '../../model/operation.js';
import type { MoveTasks } from './move-tasks/move-tasks.js';
import type { QueueStore } from './queue-store.js';
import { refuseInput } from './sqs-error.js';

/** The state that the operations of SQS share. */
export interface SqsState {
  readonly context: CloudContext;
  readonly queues: QueueStore;
  readonly moveTasks: MoveTasks;
}

/** An operation of SQS. */
export const sqsOperation = operationsOf<SqsState, 'sqs'>('sqs', refuseInput);

type QueueRow<Input> = RowMaker<SqsState, Input>;

interface QueueTarget extends Target {
  readonly queue: QueueName;
}

type QueueTargetKeys<Input> = ConditionKeys<SqsState, Input, QueueTarget>;

function queueRow<Input>(
  row: QueueRow<Input>,
  action: string,
  queueOf: (input: Input) => QueueName | undefined,
  keys: QueueTargetKeys<Input>,
): AccessRow<SqsState, Input> {
  return row<QueueTarget>({
    action: `sqs:${action}`,
    type: 'queue',
    on: (input, _call, { queues }) => {
      const queue = queueOf(input);
      if (queue === undefined) return undefined;
      const resourcePolicy = async () => queues.find(queue)?.record.attributes.Policy;
      return { resource: queueArn(queue), resourcePolicy, queue };
    },
    keys: { 'aws:ResourceTag/*': ({ target, state }) => state.queues.find(target.queue)?.record.tags, ...keys },
  });
}

/** One action on the queue that the input names, by the caller's policies or the queue's own. */
export function onQueue<Input extends { readonly queue: QueueName }>(
  row: QueueRow<Input>,
  action: string,
  keys: QueueTargetKeys<NoInfer<Input>> = {},
  applies: (input: Input) => boolean = () => true,
): AccessRow<SqsState, Input> {
  return queueRow(row, action, (input) => (applies(input) ? input.queue : undefined), keys);
}

/** The same of an operation whose target is the queue. */
export function onTarget<Input extends { readonly target: QueueName }>(
  row: QueueRow<Input>,
  action: string,
  keys: QueueTargetKeys<NoInfer<Input>>,
): AccessRow<SqsState, Input> {
  return queueRow(row, action, ({ target }) => target, keys);
}

/** The permission to send to the queue that messages are moved to, if the input names one. */
export function onDestination<Input extends { readonly destination?: QueueName | undefined }>(
  row: QueueRow<Input>,
): AccessRow<SqsState, Input> {
  return queueRow(row, 'SendMessage', ({ destination }) => destination, {});
}
