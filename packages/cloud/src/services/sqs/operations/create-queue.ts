import { requestTags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { toLocalUrls } from '../../../core/local-url.js';
import { queueUrl } from '../../../core/queue-name.js';
import { withTags } from '../../../kit/tags.js';
import { changedAttributes, checkAttributes, defaultAttributes, normalizeAttributes } from '../queue-attributes.js';
import { checkQueueName } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { QUEUE_TAGS } from './tagging.js';

export const createQueue = sqsOperation({
  name: 'CreateQueue',
  parse: ({ QueueName: name, Attributes = {}, tags = {} }, { account, region }) => {
    const attributes = normalizeAttributes(Attributes);
    const fifo = attributes.FifoQueue === 'true';
    checkQueueName(name, fifo);
    checkAttributes(attributes, fifo);
    return { queue: { account, region, name }, fifo, attributes, tags };
  },
  access: (row) => [
    onQueue(
      row,
      'CreateQueue',
      requestTags(({ tags }) => tags),
    ),
    onQueue(
      row,
      'TagQueue',
      requestTags(({ tags }) => tags),
      ({ tags }) => Object.keys(tags).length > 0,
    ),
  ],
  handle: async ({ queue, fifo, attributes, tags }, call, { context, queues }) => {
    const all = withTags({}, tags, QUEUE_TAGS, call);
    const existing = queues.find(queue)?.record;
    if (existing) {
      const other = Object.entries(attributes).find(([key, value]) => (existing.attributes[key] ?? '') !== value);
      if (other || call.resourceId !== undefined) {
        const which = other ? `a different value for attribute ${other[0]}` : 'another owner';
        throw new AwsError('QueueNameExists', `A queue already exists with the same name and ${which}`);
      }
    } else {
      const now = context.now();
      const whole = changedAttributes(defaultAttributes(fifo), attributes);
      await queues.create({ ...queue, attributes: whole, tags: all, created: now, modified: now });
    }
    return { QueueUrl: toLocalUrls(queueUrl(queue), context) };
  },
});
