import { AwsError } from '../../core/aws-error.js';
import type { CloudContext } from '../../core/cloud.js';
import { internalCall } from '../../core/internal-call.js';
import { toLocalUrls } from '../../core/local-url.js';
import type { Principal } from '../../core/principal.js';
import { isFifo, parseQueueArn, queueUrl } from '../../core/queue-name.js';
import { randomId } from '../../core/random-id.js';
import { toAttributeOutput } from '../../kit/message-attributes.js';
import { DeliveryStatus } from './delivery-status.js';
import { HttpDeliveries } from './http/http-deliveries.js';
import { isLocalAddress } from './http/post.js';
import { messageFor, type PublishedMessage } from './message.js';
import { type Confirmation, type Letterhead, notificationBody, notificationEvent } from './notification.js';
import type { SigningKey } from './signing/signing-key.js';
import { deadLetterArn } from './subscription-attributes.js';
import { isHttp, type SubscriptionRecord } from './subscription-record.js';
import { topicMetrics } from './topic-metrics.js';
import type { TopicStore } from './topic-store.js';

/** Who delivers: the policy of the function or queue has to let SNS, for this topic. */
function sender(topicArn: string): Principal {
  const [, , , , account = ''] = topicArn.split(':');
  return { kind: 'service', account, service: 'sns.amazonaws.com', sourceArn: topicArn };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Hands messages to the endpoints of subscriptions. */
export class Deliveries {
  readonly #context: CloudContext;
  readonly #topics: TopicStore;
  readonly #signingKey: SigningKey;
  readonly #http: HttpDeliveries;
  readonly #status: DeliveryStatus;

  constructor(context: CloudContext, topics: TopicStore, signingKey: SigningKey) {
    this.#context = context;
    this.#topics = topics;
    this.#signingKey = signingKey;
    this.#status = new DeliveryStatus(context);
    this.#http = new HttpDeliveries(context, {
      subscription: (arn) => topics.findSubscription(arn),
      letterhead: (topicArn) => this.#letterhead(topicArn),
      topicAttributes: (topicArn) => topics.attributesOf(topicArn),
      giveUp: (message, subscription, reason) => this.#giveUp(message, subscription, reason),
      delivered: (message, subscription, { status, duration, attempts }) =>
        this.#log(message, subscription, { isSuccess: true, status, duration, attempts, answer: 'Response is OK' }),
    });
  }

  /** Takes up what an earlier run of the cloud left. */
  resume(): Promise<void> {
    return this.#http.resume();
  }

  async stop(): Promise<void> {
    this.#http.stop();
    await this.#status.stop();
  }

  /** Tells an HTTP endpoint that it can confirm its subscription, or that it has none any more. */
  async confirm(kind: Confirmation, subscription: SubscriptionRecord): Promise<void> {
    if (this.#isReached(subscription)) await this.#http.confirm(kind, subscription);
  }

  /**
   * Hands a message to a subscription's endpoint, which keeps it; to HTTP endpoints it goes later, by their delivery
   * policy. An endpoint that does not take it, for which SNS would not try again ("Amazon SNS message delivery
   * retries"), gets it never: it goes to the dead-letter queue, or is lost.
   */
  async deliver(message: PublishedMessage, subscription: SubscriptionRecord): Promise<void> {
    const { protocol, endpoint } = subscription;
    if (this.#isReached(subscription)) return this.#http.notify(message, subscription);
    if (protocol !== 'lambda' && protocol !== 'sqs') {
      const why = isHttp(protocol) ? 'sends to addresses of this machine alone' : `does not deliver by ${protocol}`;
      const text = messageFor(message, protocol);
      return this.#warn(`a message for ${endpoint} is recorded here and not sent, as the local cloud ${why}: ${text}`);
    }
    const started = this.#context.now();
    try {
      const answer = await (protocol === 'lambda'
        ? this.#invoke(message, subscription)
        : this.#sendTo(endpoint, message, subscription));
      const status = protocol === 'lambda' ? 202 : 200;
      const duration = this.#context.now() - started;
      this.#log(message, subscription, { isSuccess: true, status, duration, answer });
    } catch (error) {
      await this.#giveUp(message, subscription, reasonOf(error));
    }
  }

  /** True of an HTTP endpoint that messages are sent to. */
  #isReached({ protocol, endpoint }: SubscriptionRecord): boolean {
    return isHttp(protocol) && isLocalAddress(toLocalUrls(endpoint, this.#context));
  }

  #letterhead(topicArn: string): Letterhead {
    const version = this.#topics.attributesOf(topicArn).SignatureVersion === '2' ? '2' : '1';
    return { context: this.#context, signingKey: this.#signingKey, version };
  }

  #log(message: PublishedMessage, subscription: SubscriptionRecord, outcome: Parameters<DeliveryStatus['log']>[3]) {
    const metric = outcome.isSuccess ? 'NumberOfNotificationsDelivered' : 'NumberOfNotificationsFailed';
    topicMetrics(this.#context, subscription.topicArn)?.add(metric, 'Count');
    this.#status.log(this.#topics.attributesOf(subscription.topicArn), message, subscription, outcome);
  }

  /** @returns what SNS logs of the function's answer */
  async #invoke(message: PublishedMessage, subscription: SubscriptionRecord): Promise<object> {
    const { endpoint, topicArn } = subscription;
    const [, , , region = '', account = ''] = endpoint.split(':');
    const event = await notificationEvent(message, subscription, this.#letterhead(topicArn));
    const input = { FunctionName: endpoint, InvocationType: 'Event', Payload: Buffer.from(JSON.stringify(event)) };
    await this.#context.dispatch('lambda', 'Invoke', input, {
      ...internalCall({ account, region }, sender(topicArn)),
      ...tracedRequest(message, this.#context.now()),
    });
    return { lambdaRequestId: randomId.uuid() };
  }

  /** Sends to a subscribed queue, or to a subscription's dead-letter queue. */
  async #sendTo(queueArn: string, message: PublishedMessage, subscription: SubscriptionRecord): Promise<object> {
    const { topicArn, attributes } = subscription;
    const queue = parseQueueArn(queueArn);
    if (queue === undefined) throw new Error(`${queueArn} is no queue`);
    const raw = attributes.RawMessageDelivery === 'true';
    const body = raw
      ? messageFor(message, 'sqs')
      : JSON.stringify(await notificationBody(message, subscription, this.#letterhead(topicArn)));
    const fifoTopic = message.sequence !== undefined;
    const { traceHeader } = message;
    const { MessageId } = await this.#context.dispatch(
      'sqs',
      'SendMessage',
      {
        QueueUrl: queueUrl(queue),
        MessageBody: body,
        MessageAttributes: raw ? toAttributeOutput(message.attributes) : undefined,
        // A FIFO topic does not hand its groups on to standard queues.
        MessageGroupId: isFifo(queue) || !fifoTopic ? message.groupId : undefined,
        MessageDeduplicationId: isFifo(queue) ? message.deduplicationId : undefined,
        MessageSystemAttributes:
          traceHeader === undefined ? undefined : { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } },
      },
      internalCall(queue, sender(topicArn)),
    );
    return { sqsMessageId: MessageId };
  }

  /** Sends a message that its endpoint does not take to the dead-letter queue, if there is one. */
  async #giveUp(message: PublishedMessage, subscription: SubscriptionRecord, reason: string): Promise<void> {
    const { endpoint, arn } = subscription;
    this.#log(message, subscription, { isSuccess: false, status: 400, duration: 0, answer: reason });
    const of = `a message of the subscription ${arn}`;
    try {
      const queue = deadLetterArn(subscription.attributes.RedrivePolicy);
      if (queue === undefined) throw new Error('the subscription has no dead-letter queue');
      await this.#sendTo(queue, message, subscription);
      this.#warn(`${of} was not delivered to ${endpoint}, but to ${queue}: ${reason}`);
    } catch (error) {
      this.#warn(`${of} was lost: ${reason}${error instanceof AwsError ? `; ${error.message}` : ''}`);
    }
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}

/** The facts by which Lambda goes on with the trace of a message. */
function tracedRequest({ traceHeader }: PublishedMessage, now: number) {
  return traceHeader === undefined ? {} : { request: { presigned: false, signed: now, traceId: traceHeader } };
}
