import type { CloudContext } from '../../../core/cloud.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import { parseQueueArn } from '../../../core/queue-name.js';
import { RoleSessions } from '../../../kit/role-sessions.js';
import { countOfRule } from '../rules/rule-metrics.js';
import { ruleArn } from '../rules/rule-name.js';
import type { RuleRecord } from '../rules/rule-store.js';
import type { Matched } from '../targets/target-input.js';
import { type Delivered, type Deliverer, type DeliveryWay, deliver, sendToQueue } from './deliver.js';
import type { DeliveryFailure } from './delivery-failure.js';
import { EVENTS } from './target-call.js';

interface Delivery extends Delivered, Due {
  /** Tries that have failed. */
  readonly failures: number;
}

/** EventBridge's default retry policy. */
const ATTEMPTS = 185;
/** Seconds. */
const AGE = 86_400;
/** Milliseconds, to which the time between two tries grows from a second. */
const LONGEST_WAIT = 10 * 60_000;

/** Events on their way to targets. Each is stored before it is acknowledged, and tried until it came through or it is over. */
export class Deliveries {
  readonly #context: CloudContext;
  readonly #deliverer: Deliverer;
  readonly #queue: DurableQueue<Delivery>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#deliverer = { context, sessions: new RoleSessions(context, EVENTS) };
    this.#queue = new DurableQueue(context.store.root.area('events-deliveries'), context.now, (each) =>
      this.#try(each),
    );
  }

  /**
   * Hands an event to the targets of rules. Resolves when that is sure to happen.
   * @param way how it came
   */
  async accept(rules: readonly RuleRecord[], event: Matched['event'], way: DeliveryWay = {}): Promise<void> {
    const accepted = this.#context.now();
    for (const rule of rules) {
      countOfRule(this.#context, rule, 'MatchedEvents');
      countOfRule(this.#context, rule, 'TriggeredRules');
    }
    await this.#queue.accept(
      ...rules.flatMap(({ targets, account, region, bus, name, roleArn }) =>
        targets.map((target) => ({
          rule: { account, region, bus, name },
          target,
          roleArn,
          event,
          ...way,
          accepted,
          failures: 0,
          due: accepted,
        })),
      ),
    );
  }

  resume(): Promise<void> {
    return this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  async #try(delivery: Delivery): Promise<Delivery | undefined> {
    const { failures } = delivery;
    const failure = await deliver(this.#deliverer, delivery);
    if (failure === undefined) {
      countOfRule(this.#context, delivery.rule, 'Invocations');
      return undefined;
    }
    const exhausted = failure.retriable ? exhaustedBy(delivery, this.#context.now()) : undefined;
    if (failure.retriable && exhausted === undefined) {
      return { ...delivery, failures: failures + 1, due: this.#context.now() + waitAfter(failures) };
    }
    await this.#giveUp(delivery, failure, exhausted);
    return undefined;
  }

  async #giveUp(delivery: Delivery, { code, message }: DeliveryFailure, exhausted: string | undefined): Promise<void> {
    const { rule, target, event, failures } = delivery;
    countOfRule(this.#context, rule, 'Invocations');
    countOfRule(this.#context, rule, 'FailedInvocations');
    const attributes = {
      RULE_ARN: ruleArn(rule),
      TARGET_ARN: target.Arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: message,
      ...(exhausted !== undefined && { EXHAUSTED_RETRY_CONDITION: exhausted, RETRY_ATTEMPTS: String(failures) }),
    };
    const what = `the rule ${rule.name} could not hand an event to ${target.Arn}: ${code}: ${message}`;
    const deadLetterArn = target.DeadLetterConfig?.Arn;
    const deadLetters = deadLetterArn === undefined ? undefined : parseQueueArn(deadLetterArn);
    if (deadLetters === undefined) return this.#warn(`${what}; it is lost, as the target has no dead-letter queue`);
    try {
      await sendToQueue(this.#context, rule, deadLetters, {
        MessageBody: JSON.stringify(event),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
        ),
      });
      countOfRule(this.#context, rule, 'InvocationsSentToDlq');
      this.#warn(`${what}; it is in the dead-letter queue ${deadLetters.name}`);
    } catch (error) {
      this.#warn(`${what}; it is lost, as the dead-letter queue ${deadLetters.name} did not take it: ${String(error)}`);
    }
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}

/** The part of the retry policy that allows no further attempt; undefined if one is allowed. */
function exhaustedBy({ target, failures, accepted }: Delivery, now: number): string | undefined {
  const { MaximumRetryAttempts = ATTEMPTS, MaximumEventAgeInSeconds = AGE } = target.RetryPolicy ?? {};
  if (failures >= MaximumRetryAttempts) return 'MaximumRetryAttempts';
  return now - accepted >= MaximumEventAgeInSeconds * 1000 ? 'MaximumEventAgeInSeconds' : undefined;
}

/** Milliseconds: twice as long each time, with jitter. */
function waitAfter(failures: number): number {
  return Math.min(LONGEST_WAIT, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
}
