import { toLocalUrls } from '../../../core/local-url.js';
import { queueUrl } from '../queue-name.js';
import { sqsOperation } from '../service-state.js';

const MOST = 1000;

export const listQueues = sqsOperation({
  name: 'ListQueues',
  limits: { MaxResults: { min: 1, max: MOST } },
  access: () => [{ action: 'sqs:ListQueues', resource: '*' }],
  handle: ({ QueueNamePrefix = '', MaxResults = MOST, NextToken = '' }, call, { context, queues }) => {
    const after = Buffer.from(NextToken, 'base64url').toString();
    const found = queues
      .list(call)
      .map(({ record }) => record)
      .filter(({ name }) => name.startsWith(QueueNamePrefix) && name > after);
    const page = found.slice(0, MaxResults);
    const last = page.at(-1);
    return {
      ...(page.length > 0 && { QueueUrls: page.map((queue) => toLocalUrls(queueUrl(queue), context)) }),
      ...(last && found.length > MaxResults && { NextToken: Buffer.from(last.name).toString('base64url') }),
    };
  },
});
