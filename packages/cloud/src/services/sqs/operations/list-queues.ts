import { toLocalUrls } from '../../../core/local-url.js';
import { integerBetween, readInput } from '../queue-input.js';
import { queueUrl } from '../queue-name.js';
import { sqsOperation } from '../service-state.js';

const MOST = 1000;

export const listQueues = sqsOperation({
  name: 'ListQueues',
  parse: (raw) => {
    const input = readInput(raw);
    return {
      prefix: input.text('QueueNamePrefix') ?? '',
      limit: integerBetween(input, 'MaxResults', 1, MOST),
      after: Buffer.from(input.text('NextToken') ?? '', 'base64url').toString(),
    };
  },
  access: () => [{ action: 'sqs:ListQueues', resource: '*' }],
  handle: ({ prefix, limit = MOST, after }, call, { context, queues }) => {
    const found = queues
      .list(call)
      .map(({ record }) => record)
      .filter(({ name }) => name.startsWith(prefix) && name > after);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      ...(page.length > 0 && { QueueUrls: page.map((queue) => toLocalUrls(queueUrl(queue), context)) }),
      ...(last && found.length > limit && { NextToken: Buffer.from(last.name).toString('base64url') }),
    };
  },
});
