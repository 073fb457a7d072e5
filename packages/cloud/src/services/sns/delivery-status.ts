import { createHash } from 'node:crypto';
import type { CloudContext } from '../../core/cloud.js';
import { defined } from '../../core/defined.js';
import { LogStreamWriter } from '../../core/log-stream-writer.js';
import { randomId } from '../../core/random-id.js';
import { RoleSessions } from '../../kit/role-sessions.js';
import type { Attributes } from './attributes.js';
import { messageFor, type PublishedMessage } from './message.js';
import type { Protocol, SubscriptionRecord } from './subscription-record.js';

/** The protocols whose deliveries a topic can have logged, as its attributes name them. */
export const LOGGED_PROTOCOLS = ['Application', 'Firehose', 'HTTP', 'Lambda', 'SQS'] as const;

const LOGGED_AS: Readonly<Partial<Record<Protocol, (typeof LOGGED_PROTOCOLS)[number]>>> = {
  application: 'Application',
  firehose: 'Firehose',
  http: 'HTTP',
  https: 'HTTP',
  lambda: 'Lambda',
  sqs: 'SQS',
};

/** How a delivery went. */
export interface Outcome {
  readonly isSuccess: boolean;
  /** Of an HTTP answer, or what stands for one. */
  readonly status: number;
  /** Milliseconds. */
  readonly duration: number;
  readonly attempts?: number;
  /** The endpoint's answer. */
  readonly answer: unknown;
}

/** The logs of deliveries, which a topic asks for by naming the roles that write them ("Message delivery status"). */
export class DeliveryStatus {
  readonly #context: CloudContext;
  readonly #sessions: RoleSessions;
  readonly #writers = new Map<string, LogStreamWriter>();

  constructor(context: CloudContext) {
    this.#context = context;
    this.#sessions = new RoleSessions(context, 'sns.amazonaws.com');
  }

  /** @param topic the topic's attributes */
  log(topic: Attributes, message: PublishedMessage, subscription: SubscriptionRecord, outcome: Outcome): void {
    const protocol = LOGGED_AS[subscription.protocol];
    if (protocol === undefined) return;
    const { isSuccess } = outcome;
    const role = topic[`${protocol}${isSuccess ? 'Success' : 'Failure'}FeedbackRoleArn`];
    const rate = isSuccess ? Number(topic[`${protocol}SuccessFeedbackSampleRate`] ?? 0) : 100;
    if (role === undefined || role === '' || Math.random() * 100 >= rate) return;
    const [, , , region = '', account = '', name = ''] = subscription.topicArn.split(':');
    const group = `sns/${region}/${account}/${name}${isSuccess ? '' : '/Failure'}`;
    const text = JSON.stringify(statusOf(message, subscription, outcome));
    this.#writer(role, group, { account, region }, subscription.topicArn).write(this.#context.now(), text);
  }

  /** Resolves when all is in the logs. */
  async stop(): Promise<void> {
    await Promise.all([...this.#writers.values()].map((writer) => writer.finish()));
  }

  #writer(
    role: string,
    group: string,
    scope: { readonly account: string; readonly region: string },
    topicArn: string,
  ): LogStreamWriter {
    const key = `${role}\n${group}`;
    const known = this.#writers.get(key);
    if (known) return known;
    const writer = new LogStreamWriter(this.#context, {
      group,
      stream: randomId.uuid(),
      makesGroup: true,
      call: () => this.#sessions.call(role, 'sns', scope, scope, topicArn),
      refused: (error) => {
        this.#writers.delete(key);
        const message = `the deliveries of ${topicArn} are not logged in ${group}: ${error.message}`;
        this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
      },
    });
    this.#writers.set(key, writer);
    return writer;
  }
}

/** "Message delivery status" of the developer guide has the members. */
function statusOf(message: PublishedMessage, { endpoint, protocol, topicArn }: SubscriptionRecord, outcome: Outcome) {
  const { isSuccess, status, duration, attempts, answer } = outcome;
  return {
    notification: {
      messageMD5Sum: createHash('md5').update(messageFor(message, protocol)).digest('hex'),
      messageId: message.id,
      topicArn,
      timestamp: new Date(message.time).toISOString().replace('T', ' ').replace('Z', ''),
    },
    delivery: {
      deliveryId: randomId.uuid(),
      destination: endpoint,
      providerResponse: typeof answer === 'string' ? answer : JSON.stringify(answer),
      dwellTimeMs: duration,
      ...defined({ attempts }),
      statusCode: status,
    },
    status: isSuccess ? 'SUCCESS' : 'FAILURE',
  };
}
