import { isFifo, parseQueueArn } from '../../core/queue-name.js';
import { isLocalAddress } from './http/post.js';
import { parseEndpointArn } from './platforms/platform-name.js';
import { checkSmsEndpoint } from './sms/phone-number.js';
import { invalidParameter } from './sns-error.js';
import type { Protocol } from './subscription-record.js';
import { isFifoTopic, type TopicName } from './topic-name.js';

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(?::[\w$-]+)?$/;
const DELIVERY_STREAM = /^arn:aws[a-z-]*:firehose:[a-z0-9-]+:\d{12}:deliverystream\/[\w.-]+$/;

/** Throws where an endpoint is none of its protocol. */
type CheckEndpoint = (endpoint: string, topic: TopicName) => void;

const matching =
  (pattern: RegExp, what: string): CheckEndpoint =>
  (endpoint) => {
    if (!pattern.test(endpoint)) throw invalidParameter(what);
  };

const checkUrl =
  (scheme: string): CheckEndpoint =>
  (endpoint) => {
    const matches = new RegExp(`^${scheme}://[^\\s/]+`).test(endpoint);
    // The local cloud answers without TLS what AWS has below https, and its own answers say so.
    if (matches || (/^https?:\/\//.test(endpoint) && isLocalAddress(endpoint))) return;
    throw invalidParameter('Invalid parameter: Endpoint Reason: Endpoint must match the specified protocol');
  };
const checkEmail = matching(/^[^\s@]+@[^\s@]+$/, 'Email address');

const CHECK: Readonly<Record<Protocol, CheckEndpoint>> = {
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
  http: checkUrl('http'),
  https: checkUrl('https'),
  email: checkEmail,
  'email-json': checkEmail,
  sms: checkSmsEndpoint,
  application: (endpoint, topic) => {
    parseEndpointArn(endpoint, topic, 'Endpoint');
  },
  firehose: matching(DELIVERY_STREAM, 'Firehose endpoint ARN'),
};

const isProtocol = (text: string): text is Protocol => Object.hasOwn(CHECK, text);

/** @throws AwsError InvalidParameter for a protocol, or for an endpoint of another protocol */
export function readEndpoint(protocol: string, endpoint: string, topic: TopicName): { readonly protocol: Protocol } {
  if (!isProtocol(protocol)) throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  CHECK[protocol](endpoint, topic);
  if (isFifoTopic(topic) && protocol !== 'sqs') {
    throw invalidParameter(`Protocol Reason: a FIFO topic delivers to queues, not to ${protocol}`);
  }
  return { protocol };
}
