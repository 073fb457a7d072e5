import { AwsError } from '../../../core/aws-error.js';
import { principalArn } from '../../../core/principal.js';
import { isFifo, parseQueueArn } from '../../../core/queue-name.js';
import { randomId } from '../../../core/random-id.js';
import { isDelivered } from '../delivery.js';
import { onTopic, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { changedSubscriptionAttributes } from '../subscription-attributes.js';
import type { Protocol, SubscriptionRecord } from '../subscription-record.js';
import { isFifoTopic, parseTopicArn, type TopicName, topicArn } from '../topic-name.js';

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
/** Protocols that AWS has in addition to those of this cloud. */
const UNSUPPORTED = ['application', 'firehose'];

/** Throws where an endpoint is none of its protocol. */
type CheckEndpoint = (endpoint: string, topic: TopicName) => void;

const matching =
  (pattern: RegExp, what: string): CheckEndpoint =>
  (endpoint) => {
    if (!pattern.test(endpoint)) throw invalidParameter(what);
  };
const ofUrl = (scheme: string) =>
  matching(
    new RegExp(`^${scheme}://[^\\s/]+`),
    'Invalid parameter: Endpoint Reason: Endpoint must match the specified protocol',
  );
const ofEmail = matching(/^[^\s@]+@[^\s@]+$/, 'Email address');

const CHECK_ENDPOINT: Readonly<Record<Protocol, CheckEndpoint>> = {
  lambda: matching(FUNCTION, 'Lambda endpoint ARN'),
  sqs: (endpoint, topic) => {
    const queue = parseQueueArn(endpoint);
    if (queue === undefined) throw invalidParameter('SQS endpoint ARN');
    if (isFifo(queue) && !isFifoTopic(topic)) {
      throw invalidParameter(
        'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      );
    }
  },
  http: ofUrl('http'),
  https: ofUrl('https'),
  email: ofEmail,
  'email-json': ofEmail,
  sms: (endpoint) => {
    if (!/^\+?\d+(?:[-./ ]\d+)*$/.test(endpoint)) {
      throw new AwsError('InvalidParameter', `Invalid SMS endpoint: ${endpoint}`);
    }
  },
};

function isProtocol(text: string): text is Protocol {
  return Object.hasOwn(CHECK_ENDPOINT, text);
}

function readProtocol(text: string): Protocol {
  if (isProtocol(text)) return text;
  throw invalidParameter(
    UNSUPPORTED.includes(text)
      ? `Protocol: the local cloud does not support ${text}`
      : `Amazon SNS does not support this protocol string: ${text}`,
  );
}

/** Gives the subscription that is there where it is the same. */
export const subscribe = snsOperation({
  name: 'Subscribe',
  parse: ({ TopicArn, Endpoint: endpoint = '', Attributes: attributes = {}, ...input }, scope) => {
    const topic = parseTopicArn(TopicArn, scope);
    const protocol = readProtocol(input.Protocol);
    CHECK_ENDPOINT[protocol](endpoint, topic);
    if (isFifoTopic(topic) && protocol !== 'sqs') {
      throw invalidParameter(`Protocol Reason: a FIFO topic delivers to queues, not to ${protocol}`);
    }
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
  handle: async ({ topic, answersArn, ...subscribed }, call, { context, topics }) => {
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
      if (Object.entries(attributes).some(([name, value]) => same.attributes[name] !== value)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      return answer(same);
    }
    const subscription: SubscriptionRecord = {
      ...subscribed,
      arn: call.resourceId ?? `${arn}:${randomId.uuid()}`,
      owner: call.account,
      principal: principalArn(call.principal),
      // A number need not confirm.
      ...(!isDelivered(protocol) && protocol !== 'sms' && { pending: true }),
    };
    await topics.putSubscription(subscription);
    if (!isDelivered(protocol)) {
      context.emit({
        kind: 'warning',
        time: context.now(),
        message: `the subscription of ${endpoint} to ${arn} is kept, but the local cloud does not deliver by ${protocol}`,
      });
    }
    return answer(subscription);
  },
});
