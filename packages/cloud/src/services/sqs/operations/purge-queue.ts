import { readUrl } from '../queue-input.js';
import { parseQueueUrl } from '../queue-name.js';
import { sqsOperation, urlAccess } from '../service-state.js';

/** AWS takes up to a minute and refuses another purge until then; this one is done at once, and can be done again. */
export const purgeQueue = sqsOperation({
  name: 'PurgeQueue',
  parse: (raw) => ({ url: readUrl(raw).url }),
  access: urlAccess('PurgeQueue'),
  handle: ({ url }, call, { queues }) => queues.get(parseQueueUrl(url, call)).purge(),
});
