import type { MessageQueue } from '../message-queue.js';
import {
  changedAttributes,
  checkAttributes,
  isQueueAttribute,
  type QueueAttributes,
  unknownAttribute,
} from '../queue-attributes.js';
import { readUrl } from '../queue-input.js';
import { isFifo, parseQueueUrl, queueArn } from '../queue-name.js';
import { sqsOperation, urlAccess } from '../service-state.js';

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
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    const names = input.texts('AttributeNames') ?? [];
    const unknown = names.find((name) => !isQueueAttribute(name));
    if (unknown !== undefined) throw unknownAttribute(unknown);
    return { url, names };
  },
  access: urlAccess('GetQueueAttributes'),
  handle: ({ url, names }, call, { queues }) => {
    const asked = Object.entries(describe(queues.get(parseQueueUrl(url, call)))).filter(
      ([name]) => names.includes('All') || names.includes(name),
    );
    return asked.length === 0 ? {} : { Attributes: Object.fromEntries(asked) };
  },
});

export const setQueueAttributes = sqsOperation({
  name: 'SetQueueAttributes',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, attributes: input.textMap('Attributes') ?? {} };
  },
  access: urlAccess('SetQueueAttributes'),
  handle: async ({ url, attributes }, call, { context, queues }) => {
    await queues.change(parseQueueUrl(url, call), (record) => {
      checkAttributes(attributes, isFifo(record));
      return { ...record, attributes: changedAttributes(record.attributes, attributes), modified: context.now() };
    });
  },
});
