import { principalArn } from '../../../core/principal.js';
import { randomId } from '../../../core/random-id.js';
import { parseQueueArn } from '../../sqs/queue-name.js';
import { changedSubscriptionAttributes } from '../attributes.js';
import { arnAccess, neededText, readInput, snsOperation } from '../service-state.js';
import { invalidParameter } from '../sns-error.js';
import { parseTopicArn } from '../topic-name.js';
import type { Protocol, SubscriptionRecord } from '../topic-record.js';

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
/** Protocols that AWS has in addition to those of this cloud. */
const OTHERS = ['http', 'https', 'email', 'email-json', 'sms', 'application', 'firehose'];

const CHECK_ENDPOINT: Readonly<Record<Protocol, (endpoint: string) => void>> = {
  lambda: (endpoint) => {
    if (!FUNCTION.test(endpoint)) throw invalidParameter('Lambda endpoint ARN');
  },
  sqs: (endpoint) => {
    if (parseQueueArn(endpoint) === undefined) throw invalidParameter('SQS endpoint ARN');
    if (endpoint.endsWith('.fifo')) {
      throw invalidParameter(
        'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
      );
    }
  },
};

function isProtocol(text: string): text is Protocol {
  return Object.hasOwn(CHECK_ENDPOINT, text);
}

function readProtocol(text: string): Protocol {
  if (isProtocol(text)) return text;
  throw invalidParameter(
    OTHERS.includes(text)
      ? `Protocol: the local cloud does not support ${text}`
      : `Does not support this protocol string: ${text}`,
  );
}

/** Gives the subscription that is there where it is the same. */
export const subscribe = snsOperation({
  name: 'Subscribe',
  parse: (raw) => {
    const input = readInput(raw);
    const protocol = readProtocol(neededText(input, 'Protocol'));
    const endpoint = neededText(input, 'Endpoint');
    CHECK_ENDPOINT[protocol](endpoint);
    const attributes = changedSubscriptionAttributes({}, input.textMap('Attributes') ?? {}, protocol);
    return { arn: neededText(input, 'TopicArn'), protocol, endpoint, attributes };
  },
  access: (row) => [
    arnAccess(row, 'Subscribe', {
      'sns:Protocol': ({ input }) => input.protocol,
      'sns:Endpoint': ({ input }) => input.endpoint,
    }),
  ],
  handle: async ({ arn, protocol, endpoint, attributes }, call, { topics }) => {
    topics.get(parseTopicArn(arn));
    const same = topics
      .subscriptions(arn)
      .map(({ record }) => record)
      .find((each) => each.protocol === protocol && each.endpoint === endpoint);
    if (same) {
      if (Object.entries(attributes).some(([name, value]) => same.attributes[name] !== value)) {
        throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
      }
      return { SubscriptionArn: same.arn };
    }
    const subscription: SubscriptionRecord = {
      arn: call.resourceId ?? `${arn}:${randomId.uuid()}`,
      topicArn: arn,
      protocol,
      endpoint,
      attributes,
      owner: call.account,
      principal: principalArn(call.principal),
    };
    await topics.putSubscription(subscription);
    return { SubscriptionArn: subscription.arn };
  },
});
