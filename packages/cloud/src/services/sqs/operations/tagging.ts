import type { Call } from '../../../core/operation.js';
import { readUrl } from '../queue-input.js';
import { parseQueueUrl } from '../queue-name.js';
import { sqsOperation, urlAccess } from '../service-state.js';
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
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, tags: input.textMap('Tags') ?? {} };
  },
  access: urlAccess('TagQueue'),
  handle: ({ url, tags }, call, { queues }) =>
    queues.change(parseQueueUrl(url, call), (record) => {
      const all = { ...record.tags, ...tags };
      checkTags(tags, call);
      checkTags(all, { ...call, resourceId: record.name });
      return { ...record, tags: all };
    }),
});

export const untagQueue = sqsOperation({
  name: 'UntagQueue',
  parse: (raw) => {
    const { input, url } = readUrl(raw);
    return { url, keys: input.texts('TagKeys') ?? [] };
  },
  access: urlAccess('UntagQueue'),
  handle: ({ url, keys }, call, { queues }) =>
    queues.change(parseQueueUrl(url, call), (record) => ({
      ...record,
      tags: Object.fromEntries(Object.entries(record.tags).filter(([key]) => !keys.includes(key))),
    })),
});

export const listQueueTags = sqsOperation({
  name: 'ListQueueTags',
  parse: (raw) => ({ url: readUrl(raw).url }),
  access: urlAccess('ListQueueTags'),
  handle: ({ url }, call, { queues }) => ({ Tags: queues.get(parseQueueUrl(url, call)).record.tags }),
});
