import { setTimeout as pause } from 'node:timers/promises';
import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import { type FunctionReference, parseFunctionName } from '../functions/function-name.js';
import { answerOf, type FunctionAnswer } from '../invocation/function-answer.js';
import { type InvocationTarget, type Invoker, invocationOf, invokeFunction } from '../invocation/invoker.js';
import type { EventSourceMapping } from './event-source-mapping.js';

/** Milliseconds after which a source that could not be read is tried again; doubled each time. */
const FIRST_RETRY = 1000;
const LAST_RETRY = 60_000;

/** Reads a source for a function until it is stopped. */
export interface Poller {
  /** Reads nothing more. */
  readonly stop: () => void;
  /** Resolves when what was read is handled. */
  readonly finished: Promise<void>;
}

/** The common part of the pollers of every kind of source. */
export class Polling {
  readonly mapping: EventSourceMapping;
  readonly #state: Invoker;
  readonly #reference: FunctionReference;
  readonly #stopping = new AbortController();
  #told = '';

  constructor(state: Invoker, mapping: EventSourceMapping) {
    this.#state = state;
    this.mapping = mapping;
    this.#reference = parseFunctionName(mapping.functionArn, undefined, mapping);
  }

  /** Aborted when nothing more is to be read. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  stop(): void {
    this.#stopping.abort();
  }

  /** The function as it is now, which may have changed since the last batch. */
  target(): Promise<InvocationTarget> {
    return invocationOf(this.#state, this.#reference);
  }

  /** Reads again and again, later and later where that fails, until the source has ended. */
  async read(once: (target: InvocationTarget) => Promise<'more' | 'ended'>): Promise<void> {
    let retry = FIRST_RETRY;
    while (!this.signal.aborted) {
      try {
        if ((await once(await this.target())) === 'ended') return;
        retry = FIRST_RETRY;
      } catch (error) {
        this.tell((name) => `cannot be read for ${name}`, error);
        await this.pause(retry);
        retry = Math.min(retry * 2, LAST_RETRY);
      }
    }
  }

  /** Resolves early where the poller is stopped. */
  async pause(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.signal }).catch(() => {});
  }

  /** @throws AwsError for what keeps the function from being run */
  async invoke(
    target: InvocationTarget,
    payload: Uint8Array,
  ): Promise<FunctionAnswer & { readonly requestId: string }> {
    const requestId = randomId.uuid();
    return { requestId, ...(await answerOf(await invokeFunction(this.#state, target, { requestId, payload }))) };
  }

  /** Once for each reason, in the terminal. */
  tell(what: (functionName: string) => string, error: unknown): void {
    if (this.signal.aborted) return;
    const { context } = this.#state;
    const reason = error instanceof AwsError ? error.message : String(error);
    const message = `${this.mapping.eventSourceArn} ${what(this.#reference.name)}: ${reason}`;
    if (message === this.#told) return;
    this.#told = message;
    context.emit({ kind: 'warning', time: context.now(), message });
  }
}
