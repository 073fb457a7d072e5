import { parseQueueUrl } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';

/** AWS takes up to a minute and refuses another purge until then; this one is done at once, and can be done again. */
export const purgeQueue = sqsOperation({
  name: 'PurgeQueue',
  parse: ({ QueueUrl }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope) }),
  access: (row) => [onQueue(row, 'PurgeQueue')],
  handle: ({ queue }, _call, { queues }) => queues.get(queue).purge(),
});
