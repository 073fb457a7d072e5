import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { internalCall } from '../../core/internal-call.js';
import type { Principal } from '../../core/principal.js';
import { parseQueueArn, queueUrl } from '../sqs/queue-name.js';
import { deadLetterArn } from './attributes.js';
import { messageFor, type PublishedMessage } from './message.js';
import { notificationBody, notificationEvent } from './notification.js';
import { parseTopicArn } from './topic-name.js';
import type { Protocol, SubscriptionRecord } from './topic-record.js';

type Deliver = (context: CloudContext, message: PublishedMessage, subscription: SubscriptionRecord) => Promise<void>;

/** Who delivers: the policy of the function or queue has to let SNS, for this topic. */
function sender(topicArn: string): Principal {
  return {
    kind: 'service',
    account: parseTopicArn(topicArn).account,
    service: 'sns.amazonaws.com',
    sourceArn: topicArn,
  };
}

async function sendTo(context: CloudContext, queueArn: string, topicArn: string, message: object): Promise<void> {
  const queue = parseQueueArn(queueArn);
  if (queue === undefined) throw new Error(`${queueArn} is no queue`);
  const call = internalCall(queue, sender(topicArn));
  await context.dispatch('sqs', 'SendMessage', { QueueUrl: queueUrl(queue), ...message }, call);
}

const DELIVER: Readonly<Record<Protocol, Deliver>> = {
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
  sqs: (context, message, subscription) => {
    const { endpoint, topicArn, attributes } = subscription;
    const raw = attributes.RawMessageDelivery === 'true';
    return sendTo(
      context,
      endpoint,
      topicArn,
      raw
        ? { MessageBody: messageFor(message, 'sqs'), MessageAttributes: message.attributes }
        : { MessageBody: JSON.stringify(notificationBody(message, subscription)) },
    );
  },
};

/**
 * Hands a message to a subscription's endpoint, which keeps it. One that does not take it, for which SNS would not try
 * again ("Amazon SNS message delivery retries"), gets it never: it goes to the dead-letter queue, or is lost.
 */
export async function deliver(
  context: CloudContext,
  message: PublishedMessage,
  subscription: SubscriptionRecord,
): Promise<void> {
  try {
    await DELIVER[subscription.protocol](context, message, subscription);
  } catch (error) {
    const reason = error instanceof AwsError ? error.message : String(error);
    await bury(context, message, subscription).then(
      (queue) =>
        tell(context, subscription, `was not delivered to ${subscription.endpoint}, but to ${queue}: ${reason}`),
      (why: unknown) =>
        tell(context, subscription, `was lost: ${reason}${why instanceof AwsError ? `; ${why.message}` : ''}`),
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
  const MessageBody = JSON.stringify(notificationBody(message, subscription));
  await sendTo(context, queue, subscription.topicArn, { MessageBody });
  return queue;
}

function tell(context: CloudContext, { arn }: SubscriptionRecord, what: string): void {
  context.emit({ kind: 'warning', time: context.now(), message: `a message of the subscription ${arn} ${what}` });
}
