import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { jsonOrQuery } from '../../gateway/protocols/negotiated.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { MoveTasks } from './move-tasks/move-tasks.js';
import { operations } from './operations/index.js';
import { sampleQueues } from './queue-metrics.js';
import { QueueStore } from './queue-store.js';
import { onQueueUrls } from './queue-url-protocol.js';
import { resourceTypes } from './resources/index.js';

/** Amazon SQS: standard and FIFO queues. */
export function sqs(context: CloudContext): Service {
  const queues = new QueueStore(context);
  sampleQueues(context, () => queues.all);
  const moveTasks = new MoveTasks(context, queues);
  return {
    name: 'sqs',
    signingNames: ['sqs'],
    protocol: jsonOrQuery(
      jsonProtocol('sqs', { namedErrors: true }),
      onQueueUrls(queryProtocol('sqs', { errorDetail: true })),
    ),
    operations: bindOperations({ context, queues, moveTasks }, operations),
    resourceTypes,
    start: async () => {
      await queues.load();
      await moveTasks.load();
    },
    stop: async () => {
      await moveTasks.close();
      queues.close();
    },
  };
}
