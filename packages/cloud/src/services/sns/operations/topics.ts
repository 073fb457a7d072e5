import { pageOf } from '../../../kit/page.js';
import { onAnything, onTopic, reviewPolicy, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { changedTopicAttributes } from '../topic-attributes.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import { topicAttributes } from '../topic-record.js';

export const deleteTopic = snsOperation({
  name: 'DeleteTopic',
  parse: ({ TopicArn }, scope) => ({ topic: parseTopicArn(TopicArn, scope) }),
  access: (row) => [onTopic(row, 'DeleteTopic')],
  handle: async ({ topic }, _call, { topics }) => {
    // A topic that has gone already is as good.
    if (topics.find(topic)) await topics.delete(topic);
  },
});

export const getTopicAttributes = snsOperation({
  name: 'GetTopicAttributes',
  parse: ({ TopicArn }, scope) => ({ topic: parseTopicArn(TopicArn, scope) }),
  access: (row) => [onTopic(row, 'GetTopicAttributes')],
  handle: ({ topic }, _call, { topics }) => {
    const record = topics.get(topic);
    const subscriptions = topics.subscriptions(topicArn(topic));
    const pending = subscriptions.filter(({ record: { pending: waits } }) => waits).length;
    return { Attributes: topicAttributes(record, { pending, confirmed: subscriptions.length - pending }) };
  },
});

export const setTopicAttributes = snsOperation({
  name: 'SetTopicAttributes',
  parse: ({ TopicArn, AttributeName: name, AttributeValue: value = '' }, scope) => ({
    topic: parseTopicArn(TopicArn, scope),
    name,
    value,
  }),
  access: (row) => [onTopic(row, 'SetTopicAttributes')],
  handle: async ({ topic, name, value }, _call, { context, topics }) => {
    const record = topics.get(topic);
    const attributes = changedTopicAttributes(topic, record.attributes, { [name]: value });
    await topics.put({ ...record, attributes });
    reviewPolicy(context, topic, attributes);
  },
});

export const listTopics = snsOperation({
  name: 'ListTopics',
  access: (row) => [onAnything(row, 'ListTopics')],
  handle: ({ NextToken }, call, { topics }) => {
    const { items, next } = pageOf(topics.list(call), {
      keyOf: ({ name }) => name,
      limit: 100,
      token: NextToken,
      of: ['ListTopics'],
      refuse: () => invalidParameter('NextToken'),
    });
    return { Topics: items.map((topic) => ({ TopicArn: topicArn(topic) })), NextToken: next };
  },
});
