import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/json-protocol.js';
import { operations } from './operations/index.js';
import { QueueStore } from './queue-store.js';
import { resourceTypes } from './resources/index.js';
import { queryCode } from './sqs-error.js';

/** Amazon SQS: standard and FIFO queues. */
export function sqs(context: CloudContext): Service {
  const queues = new QueueStore(context);
  return {
    name: 'sqs',
    signingNames: ['sqs'],
    protocol: jsonProtocol({
      targetPrefix: 'AmazonSQS',
      version: '1.0',
      errorNamespace: 'com.amazonaws.sqs',
      queryCode,
    }),
    operations: bindOperations({ context, queues }, operations),
    resourceTypes,
    start: () => queues.load(),
    stop: async () => queues.close(),
  };
}
