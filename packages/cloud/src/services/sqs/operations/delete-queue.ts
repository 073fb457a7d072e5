import { readUrl } from '../queue-input.js';
import { parseQueueUrl } from '../queue-name.js';
import { sqsOperation, urlAccess } from '../service-state.js';

export const deleteQueue = sqsOperation({
  name: 'DeleteQueue',
  parse: (raw) => ({ url: readUrl(raw).url }),
  access: urlAccess('DeleteQueue'),
  handle: ({ url }, call, { queues }) => queues.delete(parseQueueUrl(url, call)),
});
