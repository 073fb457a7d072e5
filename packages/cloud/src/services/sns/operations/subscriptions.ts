import { pageOf } from '../../../kit/page.js';
import { onAnything, onSubscription, onTopic, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { changedSubscriptionAttributes } from '../subscription-attributes.js';
import {
  isHttp,
  newToken,
  type SubscriptionRecord,
  subscriptionAttributes,
  subscriptionEntry,
} from '../subscription-record.js';
import { parseSubscriptionArn, parseTopicArn, topicArn } from '../topic-name.js';

function listed(all: readonly SubscriptionRecord[], token: string | undefined, of: readonly string[]) {
  const { items, next } = pageOf(all, {
    keyOf: ({ arn }) => arn,
    limit: 100,
    token,
    of,
    refuse: () => invalidParameter('NextToken'),
  });
  return { Subscriptions: items.map(subscriptionEntry), NextToken: next };
}

export const unsubscribe = snsOperation({
  name: 'Unsubscribe',
  parse: ({ SubscriptionArn }, scope) => parseSubscriptionArn(SubscriptionArn ?? '', scope),
  access: (row) => [onAnything(row, 'Unsubscribe')],
  handle: async ({ arn }, _call, { context, topics, deliveries }) => {
    const subscription = topics.findSubscription(arn);
    // A subscription that has gone already is as good.
    if (subscription === undefined) return;
    if (subscription.pending || !isHttp(subscription.protocol)) return topics.deleteSubscription(arn);
    const cancelled = { ...subscription, ...newToken(context.now()) };
    await topics.cancelSubscription(cancelled);
    await deliveries.confirm('UnsubscribeConfirmation', cancelled);
  },
});

export const getSubscriptionAttributes = snsOperation({
  name: 'GetSubscriptionAttributes',
  parse: ({ SubscriptionArn }, scope) => ({ subscription: parseSubscriptionArn(SubscriptionArn, scope) }),
  access: (row) => [onSubscription(row, 'GetSubscriptionAttributes')],
  handle: ({ subscription: { arn } }, _call, { topics }) => {
    const record = topics.getSubscription(arn);
    return { Attributes: subscriptionAttributes(record, topics.attributesOf(record.topicArn)) };
  },
});

export const setSubscriptionAttributes = snsOperation({
  name: 'SetSubscriptionAttributes',
  parse: ({ SubscriptionArn, AttributeName: name, AttributeValue: value = '' }, scope) => ({
    subscription: parseSubscriptionArn(SubscriptionArn, scope),
    name,
    value,
  }),
  access: (row) => [onSubscription(row, 'SetSubscriptionAttributes')],
  handle: async ({ subscription: { arn }, name, value }, _call, { topics }) => {
    const before = topics.getSubscription(arn);
    const attributes = changedSubscriptionAttributes(before, before.attributes, { [name]: value });
    await topics.putSubscription({ ...before, attributes });
  },
});

export const listSubscriptions = snsOperation({
  name: 'ListSubscriptions',
  access: (row) => [onAnything(row, 'ListSubscriptions')],
  handle: ({ NextToken }, call, { topics }) => listed(topics.listSubscriptions(call), NextToken, ['ListSubscriptions']),
});

export const listSubscriptionsByTopic = snsOperation({
  name: 'ListSubscriptionsByTopic',
  parse: ({ TopicArn, NextToken: token }, scope) => ({ topic: parseTopicArn(TopicArn, scope), token }),
  access: (row) => [onTopic(row, 'ListSubscriptionsByTopic')],
  handle: ({ topic, token }, call, { topics }) => {
    topics.get(topic);
    const arn = topicArn(topic);
    const all = topics.listSubscriptions({ ...call, account: topic.account });
    return listed(
      all.filter((each) => each.topicArn === arn),
      token,
      ['ListSubscriptionsByTopic', arn],
    );
  },
});
