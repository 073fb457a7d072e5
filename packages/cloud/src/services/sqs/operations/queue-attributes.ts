import { isFifo, queueArn } from '../../../core/queue-name.js';
import type { MessageQueue } from '../message-queue.js';
import {
  changedAttributes,
  checkAttributes,
  isQueueAttribute,
  normalizeAttributes,
  type QueueAttributes,
  unknownAttribute,
} from '../queue-attributes.js';
import { parseQueueUrl } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';

const seconds = (time: number): string => String(Math.floor(time / 1000));

/** Every attribute of a queue, those that are worked out included. */
function describe(queue: MessageQueue): QueueAttributes {
  const { record } = queue;
  const { visible, delayed, inFlight } = queue.counts();
  return {
    ...record.attributes,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    CreatedTimestamp: seconds(record.created),
    LastModifiedTimestamp: seconds(record.modified),
    QueueArn: queueArn(record),
  };
}

export const getQueueAttributes = sqsOperation({
  name: 'GetQueueAttributes',
  parse: ({ QueueUrl, AttributeNames = [] }, scope) => {
    const unknown = AttributeNames.find((name) => !isQueueAttribute(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    return { queue: parseQueueUrl(QueueUrl, scope), names: new Set<string>(AttributeNames) };
  },
  access: (row) => [onQueue(row, 'GetQueueAttributes')],
  handle: ({ queue, names }, _call, { queues }) => {
    const asked = Object.entries(describe(queues.get(queue))).filter(([name]) => names.has('All') || names.has(name));
    return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
  },
});

export const setQueueAttributes = sqsOperation({
  name: 'SetQueueAttributes',
  parse: ({ QueueUrl, Attributes }, scope) => ({
    queue: parseQueueUrl(QueueUrl, scope),
    attributes: normalizeAttributes(Attributes),
  }),
  access: (row) => [onQueue(row, 'SetQueueAttributes')],
  handle: async ({ queue, attributes }, _call, { context, queues }) => {
    await queues.change(queue, (record) => {
      checkAttributes(attributes, isFifo(record));
      return { ...record, attributes: changedAttributes(record.attributes, attributes), modified: context.now() };
    });
  },
});
