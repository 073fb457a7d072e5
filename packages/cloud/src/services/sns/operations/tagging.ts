import { requestTags, tagKeys } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { arnAccess, neededText, readInput, type SnsState, snsOperation } from '../service-state.js';
import { checkTags, readTags } from '../tags.js';
import { parseTopicArn } from '../topic-name.js';
import type { TopicRecord } from '../topic-record.js';

const readArn = (raw: unknown) => ({ arn: neededText(readInput(raw), 'ResourceArn') });

function topicOf(arn: string, { topics }: SnsState): TopicRecord {
  const topic = topics.find(parseTopicArn(arn));
  if (topic) return topic;
  throw new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}

export const tagResource = snsOperation({
  name: 'TagResource',
  parse: (raw) => ({ ...readArn(raw), tags: readTags(readInput(raw)) }),
  access: (row) => [
    arnAccess(
      row,
      'TagResource',
      requestTags(({ tags }) => tags),
    ),
  ],
  handle: async ({ arn, tags }, call, state) => {
    const topic = topicOf(arn, state);
    const all = { ...topic.tags, ...tags };
    checkTags(tags, call);
    checkTags(all, { ...call, resourceId: arn });
    await state.topics.put({ ...topic, tags: all });
    return {};
  },
});

export const untagResource = snsOperation({
  name: 'UntagResource',
  parse: (raw) => ({ ...readArn(raw), keys: readInput(raw).texts('TagKeys') ?? [] }),
  access: (row) => [
    arnAccess(
      row,
      'UntagResource',
      tagKeys(({ keys }) => keys),
    ),
  ],
  handle: async ({ arn, keys }, _call, state) => {
    const topic = topicOf(arn, state);
    const tags = Object.fromEntries(Object.entries(topic.tags).filter(([key]) => !keys.includes(key)));
    await state.topics.put({ ...topic, tags });
    return {};
  },
});

export const listTagsForResource = snsOperation({
  name: 'ListTagsForResource',
  parse: readArn,
  access: (row) => [arnAccess(row, 'ListTagsForResource')],
  handle: ({ arn }, _call, state) => ({
    Tags: Object.entries(topicOf(arn, state).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});
