import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { jsonProtocol } from '../../gateway/protocols/json.js';
import { jsonOrQuery } from '../../gateway/protocols/negotiated.js';
import { queryProtocol } from '../../gateway/protocols/query.js';
import { operations } from './operations/index.js';
import { QueueStore } from './queue-store.js';
import { resourceTypes } from './resources/index.js';

/** Amazon SQS: standard and FIFO queues. */
export function sqs(context: CloudContext): Service {
  const queues = new QueueStore(context);
  return {
    name: 'sqs',
    signingNames: ['sqs'],
    protocol: jsonOrQuery(jsonProtocol('sqs', { namedErrors: true }), queryProtocol('sqs')),
    operations: bindOperations({ context, queues }, operations),
    resourceTypes,
    start: () => queues.load(),
    stop: async () => queues.close(),
  };
}
