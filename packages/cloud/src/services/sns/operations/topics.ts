import { changedTopicAttributes } from '../attributes.js';
import { pageOf, startOf } from '../page.js';
import { anyAccess, arnAccess, neededText, readInput, reviewPolicy, snsOperation } from '../service-state.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import { topicAttributes } from '../topic-record.js';

const readArn = (raw: unknown) => ({ arn: neededText(readInput(raw), 'TopicArn') });

export const deleteTopic = snsOperation({
  name: 'DeleteTopic',
  parse: readArn,
  access: (row) => [arnAccess(row, 'DeleteTopic')],
  handle: async ({ arn }, _call, { topics }) => {
    // A topic that has gone already is as good.
    const name = parseTopicArn(arn);
    if (topics.find(name)) await topics.delete(name);
    return undefined;
  },
});

export const getTopicAttributes = snsOperation({
  name: 'GetTopicAttributes',
  parse: readArn,
  access: (row) => [arnAccess(row, 'GetTopicAttributes')],
  handle: ({ arn }, _call, { topics }) => ({
    Attributes: topicAttributes(topics.get(parseTopicArn(arn)), topics.subscriptions(arn).length),
  }),
});

export const setTopicAttributes = snsOperation({
  name: 'SetTopicAttributes',
  parse: (raw) => {
    const input = readInput(raw);
    const name = neededText(input, 'AttributeName');
    return { ...readArn(raw), name, value: input.text('AttributeValue') ?? '' };
  },
  access: (row) => [arnAccess(row, 'SetTopicAttributes')],
  handle: async ({ arn, name, value }, _call, { context, topics }) => {
    const topic = topics.get(parseTopicArn(arn));
    const attributes = changedTopicAttributes(topic.attributes, { [name]: value });
    await topics.put({ ...topic, attributes });
    reviewPolicy(context, topic, attributes);
    return undefined;
  },
});

export const listTopics = snsOperation({
  name: 'ListTopics',
  parse: (raw) => ({ after: startOf(readInput(raw)) }),
  access: (row) => [anyAccess(row, 'ListTopics')],
  handle: ({ after }, call, { topics }) => {
    const { page, more } = pageOf(topics.list(call), after, topicArn);
    return { Topics: page.map((topic) => ({ TopicArn: topicArn(topic) })), ...more };
  },
});
