import { anything } from '../../../core/access.js';
import { toLocalUrls } from '../../../core/local-url.js';
import { queueUrl } from '../../../core/queue-name.js';
import { pageOf } from '../../../kit/page.js';
import { sqsOperation } from '../service-state.js';
import { invalidParameter } from '../sqs-error.js';

const MAX_PAGE = 1000;

export const listQueues = sqsOperation({
  name: 'ListQueues',
  limits: { MaxResults: { min: 1, max: MAX_PAGE } },
  access: (row) => [row({ action: 'sqs:ListQueues', on: anything })],
  handle: ({ QueueNamePrefix = '', MaxResults = MAX_PAGE, NextToken }, call, { context, queues }) => {
    const found = queues
      .list(call)
      .map(({ record }) => record)
      .filter(({ name }) => name.startsWith(QueueNamePrefix));
    const { items, next } = pageOf(found, {
      keyOf: ({ name }) => name,
      limit: MaxResults,
      token: NextToken,
      of: ['ListQueues', QueueNamePrefix],
      refuse: () => invalidParameter('Invalid or expired next token.'),
    });
    return {
      ...(items.length > 0 && { QueueUrls: items.map((queue) => toLocalUrls(queueUrl(queue), context)) }),
      NextToken: next,
    };
  },
});
