import { parseQueueUrl } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';

export const deleteQueue = sqsOperation({
  name: 'DeleteQueue',
  parse: ({ QueueUrl }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope) }),
  access: (row) => [onQueue(row, 'DeleteQueue')],
  handle: ({ queue }, _call, { queues }) => queues.delete(queue),
});
