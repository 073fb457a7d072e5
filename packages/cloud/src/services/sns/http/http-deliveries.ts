import type { CloudContext } from '../../../core/cloud.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import { toLocalUrls } from '../../../core/local-url.js';
import { randomId } from '../../../core/random-id.js';
import { messageFor, type PublishedMessage } from '../message.js';
import { type Confirmation, confirmationBody, type Letterhead, notificationBody } from '../notification.js';
import type { SubscriptionRecord } from '../subscription-record.js';
import { effectivePolicy, retryDelay } from './delivery-policy.js';
import { post } from './post.js';

interface Identified {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** A message on its way to an HTTP endpoint. */
type HttpDelivery = Due & {
  /** Tries that have failed. */
  readonly failures: number;
} & (
    | { readonly kind: 'Notification'; readonly subscriptionArn: string; readonly message: PublishedMessage }
    /** The subscription as it was: it may have gone. */
    | { readonly kind: Confirmation; readonly subscription: SubscriptionRecord; readonly message: Identified }
  );

/** The state of topics that deliveries ask for. */
export interface HttpDirectory {
  readonly subscription: (arn: string) => SubscriptionRecord | undefined;
  readonly letterhead: (topicArn: string) => Letterhead;
  /** The attributes of a topic. */
  readonly topicAttributes: (topicArn: string) => Readonly<Record<string, string>>;
  /** Called with a message that its endpoint did not take. */
  readonly giveUp: (message: PublishedMessage, subscription: SubscriptionRecord, reason: string) => Promise<void>;
  /** Called with a message that its endpoint has taken. */
  readonly delivered: (message: PublishedMessage, subscription: SubscriptionRecord, outcome: HttpOutcome) => void;
}

export interface HttpOutcome {
  readonly status: number;
  /** Milliseconds that the endpoint took. */
  readonly duration: number;
  readonly attempts: number;
}

interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Messages to HTTP endpoints. Each is stored before it is acknowledged, and tried by the delivery policy. */
export class HttpDeliveries {
  readonly #context: CloudContext;
  readonly #directory: HttpDirectory;
  readonly #queue: DurableQueue<HttpDelivery>;

  constructor(context: CloudContext, directory: HttpDirectory) {
    this.#context = context;
    this.#directory = directory;
    const area = context.store.root.area('sns-http-deliveries');
    this.#queue = new DurableQueue(area, context.now, (each) => this.#try(each));
  }

  /** Resolves when the message is sure to be tried. */
  notify(message: PublishedMessage, { arn }: SubscriptionRecord): Promise<void> {
    return this.#queue.accept({
      kind: 'Notification',
      subscriptionArn: arn,
      message,
      failures: 0,
      due: this.#context.now(),
    });
  }

  /** Tells an endpoint that it can confirm its subscription, or that it has none any more. */
  confirm(kind: Confirmation, subscription: SubscriptionRecord): Promise<void> {
    const now = this.#context.now();
    return this.#queue.accept({
      kind,
      subscription,
      message: { id: randomId.uuid(), time: now },
      failures: 0,
      due: now,
    });
  }

  resume(): Promise<void> {
    return this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  async #try(delivery: HttpDelivery): Promise<HttpDelivery | undefined> {
    const subscription =
      delivery.kind === 'Notification' ? this.#directory.subscription(delivery.subscriptionArn) : delivery.subscription;
    // Who has unsubscribed gets nothing more.
    if (subscription === undefined) return undefined;
    const started = this.#context.now();
    const failure = await this.#post(delivery, subscription);
    const attempts = delivery.failures + 1;
    if (typeof failure === 'number') {
      const outcome = { status: failure, duration: this.#context.now() - started, attempts };
      if (delivery.kind === 'Notification') this.#directory.delivered(delivery.message, subscription, outcome);
      return undefined;
    }
    const policy = this.#policyOf(subscription).healthyRetryPolicy;
    const delay = failure.isFinal ? undefined : retryDelay(policy, attempts);
    if (delay !== undefined) return { ...delivery, failures: attempts, due: this.#context.now() + delay };
    if (delivery.kind === 'Notification') {
      await this.#directory.giveUp(delivery.message, subscription, failure.reason);
    } else {
      this.#warn(`${subscription.endpoint} was not told of its subscription ${subscription.arn}: ${failure.reason}`);
    }
    return undefined;
  }

  #policyOf({ attributes, topicArn }: SubscriptionRecord) {
    return effectivePolicy(attributes, this.#directory.topicAttributes(topicArn));
  }

  /** @returns the status of an endpoint that took the message, or why it did not */
  async #post(
    delivery: HttpDelivery,
    subscription: SubscriptionRecord,
  ): Promise<number | { readonly reason: string; readonly isFinal: boolean }> {
    const url = toLocalUrls(subscription.endpoint, this.#context);
    try {
      const { headers, body } = await this.#letter(delivery, subscription);
      const status = await post(url, headers, body);
      if (status >= 200 && status < 300) return status;
      // An error of the client is the same next time, unless it is that of too many requests.
      const isFinal = status >= 400 && status < 500 && status !== 429;
      return { reason: `the endpoint answered with the status ${status}`, isFinal };
    } catch (error) {
      return { reason: error instanceof Error ? error.message : String(error), isFinal: false };
    }
  }

  async #letter(delivery: HttpDelivery, subscription: SubscriptionRecord): Promise<Letter> {
    const { arn, topicArn, attributes } = subscription;
    const headers = {
      'x-amz-sns-message-type': delivery.kind,
      'x-amz-sns-message-id': delivery.message.id,
      'x-amz-sns-topic-arn': topicArn,
      ...(delivery.kind !== 'SubscriptionConfirmation' && { 'x-amz-sns-subscription-arn': arn }),
      'Content-Type': 'text/plain; charset=UTF-8',
    };
    const letterhead = this.#directory.letterhead(topicArn);
    if (delivery.kind !== 'Notification') {
      const body = await confirmationBody(delivery.kind, delivery.message, subscription, letterhead);
      return { headers, body: JSON.stringify(body, undefined, 2) };
    }
    const { message } = delivery;
    const type = { 'Content-Type': this.#policyOf(subscription).requestPolicy.headerContentType };
    if (attributes.RawMessageDelivery === 'true') {
      const raw = { ...headers, ...type, 'x-amz-sns-rawdelivery': 'true' };
      return { headers: raw, body: messageFor(message, subscription.protocol) };
    }
    const body = await notificationBody(message, subscription, letterhead);
    return { headers: { ...headers, ...type }, body: JSON.stringify(body, undefined, 2) };
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}
