import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import { defined } from '../../../core/defined.js';
import { type Due, DurableQueue } from '../../../core/durable-queue.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';
import type { EventInvokeConfig } from '../functions/function-record.js';
import { answerOf } from '../invocation/function-answer.js';
import { type InvocationTarget, type Invoker, invocationOf, invokeFunction } from '../invocation/invoker.js';
import { RoleCalls, roleOf } from '../invocation/role-calls.js';
import { sendDeadLetter } from './dead-letter.js';
import { tellDestination } from './destination.js';
import { MOST_RETRIES, OLDEST_EVENT } from './event-invoke-config.js';
import { type EventAnswer, type InvocationCondition, invocationRecord } from './invocation-record.js';

/** Milliseconds that Lambda waits before it tries an event again: after the first failure and after the second. */
const RETRIES = [60_000, 120_000];
/** Milliseconds after which it tries again to invoke a function that could not be; doubled each time. */
const FIRST_DELAY = 1000;
const LAST_DELAY = 300_000;

interface QueuedEvent extends Due {
  readonly reference: FunctionReference;
  readonly requestId: string;
  /** Text of the JSON. */
  readonly payload: string;
  readonly clientContext?: string;
  /** The trace of X-Ray that the caller's request belongs to. */
  readonly trace?: string | undefined;
  /** Epoch milliseconds at which it was accepted. Events of earlier versions do not say it. */
  readonly accepted?: number;
  /** Tries that have failed. */
  readonly failures: number;
  /** How often the function could not be invoked. */
  readonly delays?: number;
  /** Of the last try. */
  readonly answer?: EventAnswer;
}

/** How one try ended; `gone` where there is no such function any more, `unable` where it could not be invoked. */
type Outcome =
  | { readonly kind: 'gone' }
  | { readonly kind: 'unable' }
  | { readonly kind: 'answered'; readonly answer: EventAnswer };

/**
 * Lambda's queue of asynchronous invocations. An event is stored before it is acknowledged. It is removed after the
 * function has handled it or it was given up, and its destination was notified; a restart therefore loses none.
 */
export class AsynchronousEvents {
  readonly #invoker: Invoker;
  readonly #queue: DurableQueue<QueuedEvent>;
  readonly #calls: RoleCalls;

  constructor(invoker: Invoker) {
    this.#invoker = invoker;
    // Functions of every account share one queue, so that a restart finds them all.
    const area = invoker.context.store.root.area('lambda-events');
    this.#queue = new DurableQueue(area, invoker.context.now, (event) => this.#try(event));
    this.#calls = new RoleCalls(invoker.context);
  }

  async accept(
    reference: FunctionReference,
    event: {
      readonly requestId: string;
      readonly payload: Uint8Array;
      readonly clientContext?: string | undefined;
      readonly trace?: string | undefined;
    },
  ): Promise<void> {
    const { account, region, name, qualifier } = reference;
    await this.#queue.accept({
      reference: { account, region, name, ...defined({ qualifier }) },
      requestId: event.requestId,
      payload: Buffer.from(event.payload).toString(),
      ...defined({ clientContext: event.clientContext }),
      trace: event.trace,
      accepted: this.#now(),
      failures: 0,
      due: 0,
    });
  }

  /** Takes up what an earlier run of the cloud left. */
  resume(): Promise<void> {
    return this.#queue.resume();
  }

  stop(): void {
    this.#queue.stop();
  }

  #now(): number {
    return this.#invoker.context.now();
  }

  async #try(event: QueuedEvent): Promise<QueuedEvent | undefined> {
    const { maxRetries = MOST_RETRIES, maxAge = OLDEST_EVENT } = (await this.#configOf(event)) ?? {};
    const age = event.accepted === undefined ? 0 : this.#now() - event.accepted;
    if (age > maxAge * 1000) return this.#end(event, 'EventAgeExceeded');
    const outcome = await this.#run(event);
    // A try that the end of the cloud cut off counts for nothing.
    if (this.#queue.stopped) return event;
    if (outcome.kind === 'gone') return undefined;
    if (outcome.kind === 'unable') {
      const delays = event.delays ?? 0;
      const wait = Math.min(FIRST_DELAY * 2 ** delays, LAST_DELAY);
      return { ...event, delays: delays + 1, due: this.#now() + wait };
    }
    const { answer } = outcome;
    if (answer.functionError === undefined) return this.#end({ ...event, answer }, 'Success');
    const failed = { ...event, answer, failures: event.failures + 1 };
    const wait = event.failures < maxRetries ? RETRIES[event.failures] : undefined;
    return wait === undefined ? this.#end(failed, 'RetriesExhausted') : { ...failed, due: this.#now() + wait };
  }

  async #run({ reference, requestId, payload, clientContext, trace }: QueuedEvent): Promise<Outcome> {
    const invocation = {
      requestId,
      payload: Buffer.from(payload),
      ...defined({ clientContext }),
    };
    try {
      const target = await invocationOf(this.#invoker, reference);
      const result = await invokeFunction(this.#invoker, target, invocation, trace);
      const { payload: bytes, functionError } = await answerOf(result);
      return {
        kind: 'answered',
        answer: {
          executedVersion: target.version.version,
          payload: Buffer.from(bytes).toString(),
          ...defined({ functionError }),
        },
      };
    } catch (error) {
      // A function that has gone takes its events with it.
      const gone = failedWith(error, 'ResourceNotFoundException');
      return gone ? { kind: 'gone' } : { kind: 'unable' };
    }
  }

  /** Tells the destination and the dead-letter queue, as far as there are such; then it is over. */
  async #end(event: QueuedEvent, condition: InvocationCondition): Promise<undefined> {
    const config = await this.#configOf(event);
    const succeeded = condition === 'Success';
    const destination = succeeded ? config?.onSuccess : config?.onFailure;
    const target = await this.#targetOf(event);
    if (target === undefined) return undefined;
    if (destination !== undefined) {
      await this.#attempt(destination, event, () => this.#tell(destination, event, condition, target));
    }
    const { deadLetter } = target.version;
    if (deadLetter !== undefined && !succeeded) {
      const letter = { ...event, ...failureOf(event.answer) };
      await this.#attempt(deadLetter, event, () => sendDeadLetter(this.#calls, roleOf(target), deadLetter, letter));
    }
    return undefined;
  }

  /** A function, version or alias that has gone has no destinations any more. */
  #targetOf({ reference }: QueuedEvent): Promise<InvocationTarget | undefined> {
    return invocationOf(this.#invoker, reference).catch(() => undefined);
  }

  /** Nobody waits for an answer: the terminal says what did not arrive. */
  async #attempt(destination: string, { reference }: QueuedEvent, send: () => Promise<void>): Promise<void> {
    try {
      await send();
    } catch (error) {
      const reason = error instanceof AwsError ? error.message : String(error);
      const message = `${destination} was not told of an event of ${reference.name}: ${reason}`;
      this.#invoker.context.emit({ kind: 'warning', time: this.#now(), message });
    }
  }

  async #tell(
    destination: string,
    event: QueuedEvent,
    condition: InvocationCondition,
    target: InvocationTarget,
  ): Promise<void> {
    const { reference, requestId, payload, answer, failures } = event;
    const now = this.#now();
    const succeeded = condition === 'Success';
    const invocations = failures + (succeeded ? 1 : 0);
    await tellDestination(this.#calls, roleOf(target), destination, {
      record: invocationRecord({ reference, requestId, payload, condition, invocations, answer, now }),
      functionArn: functionArn({ ...reference, qualifier: reference.qualifier ?? '$LATEST' }),
      succeeded,
      folder: `aws/lambda/async/${reference.name}`,
      now,
    });
  }

  async #configOf({ reference }: QueuedEvent): Promise<EventInvokeConfig | undefined> {
    const record = await this.#invoker.functions.find(reference);
    return record?.eventInvokeConfigs?.[reference.qualifier ?? '$LATEST'];
  }
}

/** The last try, as a dead letter describes it. An event that never reached its function was throttled. */
function failureOf(answer: EventAnswer | undefined) {
  if (answer === undefined) return { errorCode: 429, errorMessage: 'Rate Exceeded.' };
  const error: unknown = parsed(answer.payload);
  const message: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errorMessage') : undefined;
  return { errorCode: 200, errorMessage: typeof message === 'string' ? message : answer.payload };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
