import { AwsError } from '../../../core/aws-error.js';
import type { CloudContext } from '../../../core/cloud.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import type { Scope } from '../../../core/operation.js';
import { parseQueueArn, queueUrl } from '../../../core/queue-name.js';
import { randomId } from '../../../core/random-id.js';
import { RoleSessions } from '../../../kit/role-sessions.js';
import { groupArn, type ScheduleName, type ScheduleRecord, scheduleArn } from './schedule-record.js';
import { targetCall } from './target-call.js';
import { targetInput } from './target-input.js';

interface Pending extends Due {
  readonly record: ScheduleRecord;
  readonly id: string;
  /** Epoch milliseconds. */
  readonly scheduled: number;
  /** Tries that have failed. */
  readonly failures: number;
}

/** EventBridge Scheduler's default retry policy. */
const ATTEMPTS = 185;
/** Seconds. */
const AGE = 86_400;
/** Milliseconds, to which the time between two tries grows from a second. */
const LONGEST_WAIT = 10 * 60_000;
/** Errors after which another try may succeed. */
const RETRIABLE = /Throttl|TooManyRequests|Unavailable|InternalFailure|InternalError/;

/** Executions of schedules. Each is stored before it counts as started, and tried until it came through or it is over. */
export class Executions {
  readonly #context: CloudContext;
  readonly #sessions: RoleSessions;
  readonly #queue: DurableQueue<Pending>;

  constructor(context: CloudContext) {
    this.#context = context;
    this.#sessions = new RoleSessions(context, 'scheduler.amazonaws.com');
    this.#queue = new DurableQueue(context.store.root.area('scheduler-executions'), context.now, (each) =>
      this.#try(each),
    );
  }

  resume(): Promise<void> {
    return this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  /** Resolves when the target is sure to be called. */
  accept(record: ScheduleRecord, scheduled: number): Promise<void> {
    return this.#queue.accept({ record, id: randomId.uuid(), scheduled, failures: 0, due: this.#context.now() });
  }

  /** @throws AwsError where there is no such role, or it does not trust the scheduler */
  async checkRole(schedule: ScheduleName, roleArn: string): Promise<void> {
    await this.#callUnder(roleArn, schedule, schedule);
  }

  /** Trust policies see the schedule's group as the source. */
  #callUnder(roleArn: string, schedule: ScheduleName, lands: Scope) {
    const source = groupArn({ ...schedule, name: schedule.group });
    return this.#sessions.call(roleArn, sessionName(schedule.name), schedule, lands, source);
  }

  async #try(pending: Pending): Promise<Pending | undefined> {
    const { record, id, scheduled, failures } = pending;
    const input = targetInput(record, { id, scheduled, attempt: failures + 1 });
    try {
      await this.#call(record, input);
      return undefined;
    } catch (error) {
      const now = this.#context.now();
      const { MaximumRetryAttempts = ATTEMPTS, MaximumEventAgeInSeconds = AGE } =
        record.settings.Target.RetryPolicy ?? {};
      const isRetriable = error instanceof AwsError && (error.status >= 500 || RETRIABLE.test(error.code));
      const isOver = failures >= MaximumRetryAttempts || now - scheduled >= MaximumEventAgeInSeconds * 1000;
      if (isRetriable && !isOver) return { ...pending, failures: failures + 1, due: now + waitAfter(failures) };
      await this.#giveUp(pending, input, error, isRetriable);
      return undefined;
    }
  }

  async #call(record: ScheduleRecord, input: string): Promise<void> {
    const { Target: target } = record.settings;
    const call = targetCall(target, input, record);
    if (call === undefined) throw new Error('the local cloud does not run the service of the target');
    const { service, operation, lands } = call;
    const under = await this.#callUnder(target.RoleArn, record, lands);
    const output: unknown = await this.#context.dispatch(service, operation, call.input, under);
    const failed = typeof output === 'object' && output !== null ? Reflect.get(output, 'FailedEntryCount') : undefined;
    if (typeof failed === 'number' && failed > 0) throw new Error(JSON.stringify(output));
  }

  async #giveUp({ record, failures }: Pending, input: string, error: unknown, exhausted: boolean): Promise<void> {
    const { Target: target } = record.settings;
    const [code, message] =
      error instanceof AwsError
        ? [error.code, error.message]
        : ['InternalError', error instanceof Error ? error.message : String(error)];
    const what = `the schedule ${record.name} could not call ${target.Arn}: ${code}: ${message}`;
    const queue = parseQueueArn(target.DeadLetterConfig?.Arn ?? '');
    if (queue === undefined)
      return this.#warn(`${what}; the execution is lost, as the target has no dead-letter queue`);
    const attributes = {
      SCHEDULE_ARN: scheduleArn(record),
      TARGET_ARN: target.Arn,
      ERROR_CODE: code,
      ERROR_MESSAGE: message,
      IS_PAYLOAD_TRUNCATED: 'false',
      ...(exhausted && { EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts', RETRY_ATTEMPTS: String(failures) }),
    };
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
    );
    try {
      const call = await this.#callUnder(target.RoleArn, record, queue);
      const sent = { QueueUrl: queueUrl(queue), MessageBody: input, MessageAttributes };
      await this.#context.dispatch('sqs', 'SendMessage', sent, call);
      this.#warn(`${what}; it is in the dead-letter queue ${queue.name}`);
    } catch (failure) {
      this.#warn(`${what}; it is lost, as the dead-letter queue ${queue.name} did not take it: ${String(failure)}`);
    }
  }

  #warn(message: string): void {
    this.#context.emit({ kind: 'warning', time: this.#context.now(), message });
  }
}

const sessionName = (name: string): string => name.slice(0, 64).padEnd(2, '-');

/** Milliseconds: twice as long each time, with jitter. */
function waitAfter(failures: number): number {
  return Math.min(LONGEST_WAIT, 1000 * 2 ** failures) * (0.5 + Math.random() / 2);
}
