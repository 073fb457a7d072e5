import { AwsError } from '../../../core/aws-error.js';
import type { Scope } from '../../../core/operation.js';
import { tagOperations } from '../../../kit/tag-operations.js';
import type { TagRules } from '../../../kit/tags.js';
import { onTarget, type SnsState, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn, type TopicName } from '../topic-name.js';
import type { TopicRecord } from '../topic-record.js';

export const TOPIC_TAGS: TagRules = {
  reserved: () => invalidParameter('Tags: aws: prefixed tag key names are not allowed for external use.'),
  tooMany: () => new AwsError('TagLimitExceeded', 'Could not complete request: tag quota of per resource exceeded'),
  repeated: () => invalidParameter('Duplicated keys are not allowed.'),
};

function topicOf(name: TopicName, { topics }: SnsState): TopicRecord {
  const topic = topics.find(name);
  if (topic) return topic;
  throw new AwsError('ResourceNotFound', 'Resource does not exist', 404);
}

const parseTarget = (arn: string, scope: Scope): TopicName => parseTopicArn(arn, scope, 'ResourceArn');

export const topicTagging = tagOperations(snsOperation, {
  tag: 'TagResource',
  untag: 'UntagResource',
  list: 'ListTagsForResource',
  members: { resource: 'ResourceArn', tags: 'Tags', keys: 'TagKeys' },
  form: 'list',
  rules: TOPIC_TAGS,
  parse: parseTarget,
  access: onTarget,
  tagsOf: (topic, _call, state) => topicOf(topic, state).tags,
  change: (name, change, _call, state) => {
    const topic = topicOf(name, state);
    return state.topics.put({ ...topic, tags: change(topic.tags) });
  },
});
