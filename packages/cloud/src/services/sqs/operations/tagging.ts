import { requestTags, tagKeys } from '../../../core/access.js';
import type { Call } from '../../../core/operation.js';
import { parseQueueUrl } from '../queue-name.js';
import { onQueue, sqsOperation } from '../service-state.js';
import { invalidParameter } from '../sqs-error.js';

const MOST = 50;

/** Only CloudFormation gives tags of AWS's own. */
export function checkTags(tags: Readonly<Record<string, string>>, call: Call): void {
  const names = Object.keys(tags);
  if (call.resourceId === undefined && names.some((key) => /^aws:/i.test(key))) {
    throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
  }
  if (names.filter((key) => !key.startsWith('aws:')).length > MOST) {
    throw invalidParameter(`Too many tags added for queue: a queue can have ${MOST}.`);
  }
}

export const tagQueue = sqsOperation({
  name: 'TagQueue',
  parse: ({ QueueUrl, Tags }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope), tags: Tags }),
  access: (row) => [
    onQueue(
      row,
      'TagQueue',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: ({ queue, tags }, call, { queues }) =>
    queues.change(queue, (record) => {
      const all = { ...record.tags, ...tags };
      checkTags(tags, call);
      checkTags(all, { ...call, resourceId: record.name });
      return { ...record, tags: all };
    }),
});

export const untagQueue = sqsOperation({
  name: 'UntagQueue',
  parse: ({ QueueUrl, TagKeys }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope), keys: TagKeys }),
  access: (row) => [
    onQueue(
      row,
      'UntagQueue',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: ({ queue, keys }, _call, { queues }) =>
    queues.change(queue, (record) => ({
      ...record,
      tags: Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.includes(key))),
    })),
});

export const listQueueTags = sqsOperation({
  name: 'ListQueueTags',
  parse: ({ QueueUrl }, scope) => ({ queue: parseQueueUrl(QueueUrl, scope) }),
  access: (row) => [onQueue(row, 'ListQueueTags')],
  handle: ({ queue }, _call, { queues }) => ({ Tags: queues.get(queue).record.tags }),
});
