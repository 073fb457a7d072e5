import { toLocalUrls } from '../../../core/local-url.js';
import { queueUrl } from '../../../core/queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';

export const getQueueUrl = sqsOperation({
  name: 'GetQueueUrl',
  parse: ({ QueueName, QueueOwnerAWSAccountId }, { account, region }) => ({
    queue: { account: QueueOwnerAWSAccountId ?? account, region, name: QueueName },
  }),
  access: (row) => [onQueue(row, 'GetQueueUrl')],
  handle: ({ queue }, _call, { context, queues }) => ({
    QueueUrl: toLocalUrls(queueUrl(queues.get(queue).record), context),
  }),
});
