import { toLocalUrls } from '../../../core/local-url.js';
import { queueUrl } from '../../../core/queue-name.js';
import { pageOf } from '../../../kit/page.js';
import { parseQueueUrl } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { invalidParameter } from '../sqs-error.js';

const MAX_PAGE = 1000;

export const listDeadLetterSourceQueues = sqsOperation({
  name: 'ListDeadLetterSourceQueues',
  limits: { MaxResults: { min: 1, max: MAX_PAGE } },
  parse: ({ QueueUrl, MaxResults: limit = MAX_PAGE, NextToken: token }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    limit,
    token,
  }),
  access: (row) => [onQueue(row, 'ListDeadLetterSourceQueues')],
  handle: ({ queue, limit, token }, _call, { context, queues }) => {
    const { items, next } = pageOf(queues.sourcesOf(queues.get(queue).record), {
      keyOf: ({ record }) => record.name,
      of: ['ListDeadLetterSourceQueues', queue.name],
      refuse: () => invalidParameter('Invalid or expired next token.'),
      ...{ limit, token },
    });
    return { queueUrls: items.map(({ record }) => toLocalUrls(queueUrl(record), context)), NextToken: next };
  },
});
