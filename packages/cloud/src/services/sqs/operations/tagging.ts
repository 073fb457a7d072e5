import { withoutMarks } from '../../../core/stack-tags.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { parseQueueUrl } from '../queue-name.js';
import { onTarget, sqsOperation } from '../service-state.js';
import { invalidParameter } from '../sqs-error.js';

export const QUEUE_TAGS: TagRules = {
  reserved: () => invalidParameter('aws: prefixed tag key names are not allowed for external use.'),
  tooMany: (most) => invalidParameter(`Too many tags added for queue: a queue can have ${most}.`),
};

export const queueTagging = tagOperations(sqsOperation, {
  tag: 'TagQueue',
  untag: 'UntagQueue',
  list: 'ListQueueTags',
  members: { resource: 'QueueUrl', tags: 'Tags', keys: 'TagKeys' },
  form: 'map',
  rules: QUEUE_TAGS,
  parse: parseQueueUrl,
  access: onTarget,
  tagsOf: (queue, call, { queues }) => withoutMarks(queues.get(queue).record.tags, call),
  answer: (tags) => (Object.keys(tags).length > 0 ? { Tags: tags } : {}),
  change: (queue, change, _call, { queues }) =>
    queues.change(queue, (record) => ({ ...record, tags: change(record.tags) })),
});
