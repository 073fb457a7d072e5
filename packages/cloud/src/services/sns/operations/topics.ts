import type { Call } from '../../../core/operation.js';
import { changedTopicAttributes } from '../attributes.js';
import { pageOf, startOf } from '../page.js';
import { anyAccess, neededText, readInput, type SnsState, snsOperation, topicAccess } from '../service-state.js';
import { parseTopicArn, topicArn } from '../topic-name.js';
import { topicAttributes } from '../topic-record.js';

const readArn = (raw: unknown) => ({ arn: neededText(readInput(raw), 'TopicArn') });

const arnAccess =
  (action: string) =>
  ({ arn }: { readonly arn: string }, _call: Call, state: SnsState) =>
    topicAccess(action, arn, state);

export const deleteTopic = snsOperation({
  name: 'DeleteTopic',
  parse: readArn,
  access: arnAccess('DeleteTopic'),
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
  access: arnAccess('GetTopicAttributes'),
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
  access: arnAccess('SetTopicAttributes'),
  handle: async ({ arn, name, value }, _call, { topics }) => {
    const topic = topics.get(parseTopicArn(arn));
    await topics.put({ ...topic, attributes: changedTopicAttributes(topic.attributes, { [name]: value }) });
    return undefined;
  },
});

export const listTopics = snsOperation({
  name: 'ListTopics',
  parse: (raw) => ({ after: startOf(readInput(raw)) }),
  access: anyAccess('ListTopics'),
  handle: ({ after }, call, { topics }) => {
    const { page, more } = pageOf(topics.list(call), after, topicArn);
    return { Topics: page.map((topic) => ({ TopicArn: topicArn(topic) })), ...more };
  },
});
