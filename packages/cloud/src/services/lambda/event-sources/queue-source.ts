import { isFifo, parseQueueArn, type QueueName } from '../../../core/queue-name.js';
import { roleOf } from '../invocation/role-calls.js';
import { invalidParameter } from '../lambda-error.js';
import { QueueClient } from './queue-client.js';
import { compileQueuePattern } from './queue-filter.js';
import { QueuePoller } from './queue-poller.js';
import type { SourceKind } from './source-kind.js';

function queueOf({ eventSourceArn }: { readonly eventSourceArn: string }): QueueName {
  const queue = parseQueueArn(eventSourceArn);
  if (queue === undefined) throw new Error(`${eventSourceArn} is no queue`);
  return queue;
}

/** SQS queues, standard and FIFO. */
export const queueSource: SourceKind = {
  name: 'SQS',
  taken: (arn, name) => `An event source mapping with SQS arn (" ${arn} ") and function (" ${name} ") already exists.`,
  isArn: (arn) => parseQueueArn(arn) !== undefined,
  defaults: {
    Enabled: true,
    BatchSize: 10,
    MaximumBatchingWindowInSeconds: 0,
    FilterCriteria: {},
    FunctionResponseTypes: [],
    ScalingConfig: {},
  },
  checkSettings: (mapping) => {
    const fifo = isFifo(queueOf(mapping));
    if (fifo && mapping.batchWindow > 0) throw invalidParameter('Batching window is not supported for FIFO queues.');
    if (mapping.batchSize > 10 && (fifo || mapping.batchWindow === 0)) {
      throw invalidParameter(
        fifo
          ? 'Maximum batch size for FIFO queues is 10.'
          : 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      );
    }
  },
  compilePattern: compileQueuePattern,
  check: async (mapping, target, { context }) => {
    await new QueueClient(context, queueOf(mapping)).check(roleOf(target), target.version.timeout);
    return mapping;
  },
  // Messages that another poller still has are hidden from this one.
  poll: (state, mapping) => new QueuePoller(state, mapping, queueOf(mapping)),
};
