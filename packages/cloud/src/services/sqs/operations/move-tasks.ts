import { AwsError } from '../../../core/aws-error.js';
import { parseQueueArn, type QueueName, queueArn } from '../../../core/queue-name.js';
import { type MoveTask, parseTaskHandle, taskHandle } from '../move-tasks/move-task.js';
import { onDestination, onQueue, sqsOperation } from '../service-state.js';
import { invalidParameter } from '../sqs-error.js';

const noResource = (message: string): AwsError => new AwsError('ResourceNotFoundException', message, 404);
const noQueue = (parameter: string): AwsError =>
  noResource(`The resource that you specified for the ${parameter} parameter doesn't exist.`);

function queueOf(arn: string, parameter: string): QueueName {
  const queue = parseQueueArn(arn);
  if (queue === undefined) throw invalidParameter(`Value for parameter ${parameter} is invalid.`);
  return queue;
}

function shown({ id, source, destination, ...task }: MoveTask) {
  return {
    ...(task.status === 'RUNNING' && { TaskHandle: taskHandle(id, queueArn(source)) }),
    Status: task.status,
    SourceArn: queueArn(source),
    DestinationArn: destination && queueArn(destination),
    MaxNumberOfMessagesPerSecond: task.rate,
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    FailureReason: task.failureReason,
    StartedTimestamp: task.started,
  };
}

export const startMessageMoveTask = sqsOperation({
  name: 'StartMessageMoveTask',
  limits: { MaxNumberOfMessagesPerSecond: { min: 1, max: 500 } },
  parse: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) => ({
    queue: queueOf(SourceArn, 'SourceArn'),
    destination: DestinationArn === undefined ? undefined : queueOf(DestinationArn, 'DestinationArn'),
    rate: MaxNumberOfMessagesPerSecond,
  }),
  // "Amazon SQS dead-letter queue redrive permissions" of the developer guide.
  access: (row) => [
    onQueue(row, 'StartMessageMoveTask'),
    onQueue(row, 'ReceiveMessage'),
    onQueue(row, 'DeleteMessage'),
    onQueue(row, 'GetQueueAttributes'),
    onDestination(row),
  ],
  handle: async ({ queue: source, destination, rate }, _call, { queues, moveTasks }) => {
    if (queues.find(source) === undefined) throw noQueue('SourceArn');
    if (queues.sourcesOf(source).length === 0) {
      throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
    }
    if (destination !== undefined && queues.find(destination) === undefined) throw noQueue('DestinationArn');
    if (moveTasks.list(source).some(({ status }) => status === 'RUNNING' || status === 'CANCELLING')) {
      throw invalidParameter(
        'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
      );
    }
    const { id } = await moveTasks.start({ source, destination, rate });
    return { TaskHandle: taskHandle(id, queueArn(source)) };
  },
});

export const listMessageMoveTasks = sqsOperation({
  name: 'ListMessageMoveTasks',
  limits: { MaxResults: { min: 1, max: 10 } },
  parse: ({ SourceArn, MaxResults: most = 1 }) => ({ queue: queueOf(SourceArn, 'SourceArn'), most }),
  access: (row) => [onQueue(row, 'ListMessageMoveTasks')],
  handle: ({ queue, most }, _call, { queues, moveTasks }) => {
    if (queues.find(queue) === undefined) throw noQueue('SourceArn');
    return { Results: moveTasks.list(queue).slice(0, most).map(shown) };
  },
});

export const cancelMessageMoveTask = sqsOperation({
  name: 'CancelMessageMoveTask',
  parse: ({ TaskHandle }) => {
    const { id, sourceArn = '' } = parseTaskHandle(TaskHandle) ?? {};
    if (id === undefined) throw invalidParameter('Value for parameter TaskHandle is invalid.');
    return { id, queue: queueOf(sourceArn, 'TaskHandle') };
  },
  access: (row) => [onQueue(row, 'CancelMessageMoveTask')],
  handle: async ({ id, queue }, _call, { queues, moveTasks }) => {
    if (queues.find(queue) === undefined) throw noQueue('SourceArn');
    const task = moveTasks.list(queue).find((each) => each.id === id && each.status === 'RUNNING');
    if (task === undefined) throw noResource('Task does not exist.');
    await moveTasks.cancel(id);
    return { ApproximateNumberOfMessagesMoved: task.moved };
  },
});
