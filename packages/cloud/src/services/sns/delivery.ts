import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { internalCall } from '../../core/internal-call.js';
import type { Principal } from '../../core/principal.js';
import { isFifo, parseQueueArn, queueUrl } from '../../core/queue-name.js';
import { toAttributeOutput } from '../../kit/message-attributes.js';
import { messageFor, type PublishedMessage } from './message.js';
import { notificationBody, notificationEvent } from './notification.js';
import { deadLetterArn } from './subscription-attributes.js';
import type { DeliveredProtocol, Protocol, SubscriptionRecord } from './subscription-record.js';

type Deliver = (context: CloudContext, message: PublishedMessage, subscription: SubscriptionRecord) => Promise<void>;

/** Who delivers: the policy of the function or queue has to let SNS, for this topic. */
function sender(topicArn: string): Principal {
  const [, , , , account = ''] = topicArn.split(':');
  return { kind: 'service', account, service: 'sns.amazonaws.com', sourceArn: topicArn };
}

/** Sends to a subscribed queue, or to a subscription's dead-letter queue. */
async function sendTo(
  context: CloudContext,
  queueArn: string,
  message: PublishedMessage,
  subscription: SubscriptionRecord,
): Promise<void> {
  const { topicArn, attributes } = subscription;
  const queue = parseQueueArn(queueArn);
  if (queue === undefined) throw new Error(`${queueArn} is no queue`);
  const raw = attributes.RawMessageDelivery === 'true';
  const body = raw ? messageFor(message, 'sqs') : JSON.stringify(notificationBody(message, subscription));
  const fifoTopic = message.sequence !== undefined;
  await context.dispatch(
    'sqs',
    'SendMessage',
    {
      QueueUrl: queueUrl(queue),
      MessageBody: body,
      MessageAttributes: raw ? toAttributeOutput(message.attributes) : undefined,
      // A FIFO topic does not hand its groups on to standard queues.
      MessageGroupId: isFifo(queue) || !fifoTopic ? message.groupId : undefined,
      MessageDeduplicationId: isFifo(queue) ? message.deduplicationId : undefined,
    },
    internalCall(queue, sender(topicArn)),
  );
}

const DELIVER: Readonly<Record<DeliveredProtocol, Deliver>> = {
  lambda: async (context, message, subscription) => {
    const [, , , region = '', account = ''] = subscription.endpoint.split(':');
    const input = {
      FunctionName: subscription.endpoint,
      InvocationType: 'Event',
      Payload: Buffer.from(JSON.stringify(notificationEvent(message, subscription))),
    };
    const call = internalCall({ account, region }, sender(subscription.topicArn));
    await context.dispatch('lambda', 'Invoke', input, call);
  },
  sqs: (context, message, subscription) => sendTo(context, subscription.endpoint, message, subscription),
};

/** True if this cloud delivers by a protocol. */
export function isDelivered(protocol: Protocol): protocol is DeliveredProtocol {
  return Object.hasOwn(DELIVER, protocol);
}

/**
 * Hands a message to a subscription's endpoint, which keeps it. One that does not take it, for which SNS would not try
 * again ("Amazon SNS message delivery retries"), gets it never: it goes to the dead-letter queue, or is lost.
 */
export async function deliver(
  context: CloudContext,
  message: PublishedMessage,
  subscription: SubscriptionRecord,
): Promise<void> {
  const { protocol, endpoint } = subscription;
  if (!isDelivered(protocol)) return;
  try {
    await DELIVER[protocol](context, message, subscription);
  } catch (error) {
    const reason = error instanceof AwsError ? error.message : String(error);
    await bury(context, message, subscription).then(
      (queue) => warn(context, subscription, `was not delivered to ${endpoint}, but to ${queue}: ${reason}`),
      (why: unknown) =>
        warn(context, subscription, `was lost: ${reason}${why instanceof AwsError ? `; ${why.message}` : ''}`),
    );
  }
}

/** @returns the ARN of the dead-letter queue. Throws if there is none, or if it does not accept the message. */
async function bury(
  context: CloudContext,
  message: PublishedMessage,
  subscription: SubscriptionRecord,
): Promise<string> {
  const queue = deadLetterArn(subscription.attributes.RedrivePolicy);
  if (queue === undefined) throw new Error('the subscription has no dead-letter queue');
  await sendTo(context, queue, message, subscription);
  return queue;
}

function warn(context: CloudContext, { arn }: SubscriptionRecord, what: string): void {
  context.emit({ kind: 'warning', time: context.now(), message: `a message of the subscription ${arn} ${what}` });
}
