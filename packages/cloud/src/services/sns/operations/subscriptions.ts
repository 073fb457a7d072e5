import { changedSubscriptionAttributes } from '../attributes.js';
import { pageOf, startOf } from '../page.js';
import { anyAccess, neededText, readInput, snsOperation, subscriptionAccess, topicAccess } from '../service-state.js';
import { parseTopicArn, topicOfSubscription } from '../topic-name.js';
import { type SubscriptionRecord, subscriptionAttributes, subscriptionEntry } from '../topic-record.js';

function readArn(raw: unknown) {
  const arn = neededText(readInput(raw), 'SubscriptionArn');
  topicOfSubscription(arn);
  return { arn };
}

function listed(all: readonly SubscriptionRecord[], after: string) {
  const { page, more } = pageOf(all, after, ({ arn }) => arn);
  return { Subscriptions: page.map(subscriptionEntry), ...more };
}

export const unsubscribe = snsOperation({
  name: 'Unsubscribe',
  parse: readArn,
  access: (row) => [anyAccess(row, 'Unsubscribe')],
  handle: async ({ arn }, _call, { topics }) => {
    // A subscription that has gone already is as good.
    if (topics.findSubscription(arn)) await topics.deleteSubscription(arn);
    return undefined;
  },
});

export const getSubscriptionAttributes = snsOperation({
  name: 'GetSubscriptionAttributes',
  parse: readArn,
  access: (row) => [subscriptionAccess(row, 'GetSubscriptionAttributes')],
  handle: ({ arn }, _call, { topics }) => ({ Attributes: subscriptionAttributes(topics.getSubscription(arn)) }),
});

export const setSubscriptionAttributes = snsOperation({
  name: 'SetSubscriptionAttributes',
  parse: (raw) => {
    const input = readInput(raw);
    const name = neededText(input, 'AttributeName');
    return { ...readArn(raw), name, value: input.text('AttributeValue') ?? '' };
  },
  access: (row) => [subscriptionAccess(row, 'SetSubscriptionAttributes')],
  handle: async ({ arn, name, value }, _call, { topics }) => {
    const before = topics.getSubscription(arn);
    const attributes = changedSubscriptionAttributes(before.attributes, { [name]: value }, before.protocol);
    await topics.putSubscription({ ...before, attributes });
    return undefined;
  },
});

export const listSubscriptions = snsOperation({
  name: 'ListSubscriptions',
  parse: (raw) => ({ after: startOf(readInput(raw)) }),
  access: (row) => [anyAccess(row, 'ListSubscriptions')],
  handle: ({ after }, call, { topics }) => listed(topics.listSubscriptions(call), after),
});

export const listSubscriptionsByTopic = snsOperation({
  name: 'ListSubscriptionsByTopic',
  parse: (raw) => {
    const input = readInput(raw);
    return { topicArn: neededText(input, 'TopicArn'), after: startOf(input) };
  },
  access: (row) => [topicAccess(row, 'ListSubscriptionsByTopic', ({ topicArn }) => topicArn)],
  handle: ({ topicArn, after }, call, { topics }) => {
    topics.get(parseTopicArn(topicArn));
    return listed(
      topics.listSubscriptions(call).filter((each) => each.topicArn === topicArn),
      after,
    );
  },
});
