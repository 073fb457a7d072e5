import { toLocalUrls } from '../../../core/local-url.js';
import { principalArn } from '../../../core/principal.js';
import { randomId } from '../../../core/random-id.js';
import type { Attributes } from '../attributes.js';
import { readEndpoint } from '../endpoint.js';
import { isLocalAddress } from '../http/post.js';
import { subscribeUrl } from '../notification.js';
import { onTopic, type SnsState, snsOperation } from '../service-state.js';
import { snsAddress } from '../signing/seal.js';
import { invalidParameter } from '../sns-error.js';
import { changedSubscriptionAttributes } from '../subscription-attributes.js';
import { isConfirmed, isHttp, newToken, type SubscriptionRecord } from '../subscription-record.js';
import { parseTopicArn, topicArn } from '../topic-name.js';

/** The values of attributes that were not set. */
const DEFAULTS: Attributes = { FilterPolicyScope: 'MessageAttributes', RawMessageDelivery: 'false' };

/** True if a subscription that is there is the one that is asked for: what the request does not say is the same. */
function isSame(existing: Attributes, asked: Attributes): boolean {
  return Object.entries(asked).every(([name, value]) => (existing[name] ?? DEFAULTS[name]) === value);
}

/** Says what becomes of a subscription to an endpoint that nothing is sent to. */
function announce({ context }: SnsState, { protocol, endpoint, topicArn: arn, token }: SubscriptionRecord): void {
  const isAsked = isHttp(protocol) && isLocalAddress(toLocalUrls(endpoint, context));
  if (isAsked || protocol === 'lambda' || protocol === 'sqs') return;
  const what = isHttp(protocol) ? 'sends to addresses of this machine alone' : `does not deliver by ${protocol}`;
  const link = token === undefined ? '' : `; it is confirmed by ${subscribeUrl(snsAddress(context, ''), arn, token)}`;
  context.emit({
    kind: 'warning',
    time: context.now(),
    message: `the subscription of ${endpoint} to ${arn} is kept, but the local cloud ${what}${link}`,
  });
}

/** Gives the subscription that is there where it is the same. */
export const subscribe = snsOperation({
  name: 'Subscribe',
  parse: ({ TopicArn, Endpoint: endpoint = '', Attributes: attributes = {}, ...input }, scope) => {
    const topic = parseTopicArn(TopicArn, scope);
    const { protocol } = readEndpoint(input.Protocol, endpoint, topic);
    const subscribed = { topicArn: topicArn(topic), protocol, endpoint };
    return {
      ...subscribed,
      topic,
      attributes: changedSubscriptionAttributes(subscribed, undefined, attributes),
      answersArn: input.ReturnSubscriptionArn === true,
    };
  },
  access: (row) => [
    onTopic(row, 'Subscribe', {
      'sns:Protocol': ({ input }) => input.protocol,
      'sns:Endpoint': ({ input }) => input.endpoint,
    }),
  ],
  handle: async ({ topic, answersArn, ...subscribed }, call, state) => {
    const { context, topics, deliveries } = state;
    topics.get(topic);
    const { topicArn: arn, protocol, endpoint, attributes } = subscribed;
    const answer = ({ arn: SubscriptionArn, pending }: SubscriptionRecord) => ({
      SubscriptionArn: pending && !answersArn ? 'pending confirmation' : SubscriptionArn,
    });
    const same = topics
      .subscriptions(arn)
      .map(({ record }) => record)
      .find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (same) {
      if (!isSame(same.attributes, attributes)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      // Who subscribes again while the first time is not confirmed is asked again.
      if (same.pending) await deliveries.confirm('SubscriptionConfirmation', same);
      return answer(same);
    }
    const subscription: SubscriptionRecord = {
      ...subscribed,
      arn: call.resourceId ?? `${arn}:${randomId.uuid()}`,
      owner: call.account,
      principal: principalArn(call.principal),
      // A number need not confirm.
      ...(isConfirmed(protocol) && { pending: true, ...newToken(context.now()) }),
    };
    await topics.putSubscription(subscription);
    if (subscription.pending) await deliveries.confirm('SubscriptionConfirmation', subscription);
    announce(state, subscription);
    return answer(subscription);
  },
});
