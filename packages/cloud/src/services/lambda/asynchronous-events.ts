import type { CloudContext } from '../../core/cloud.js';
import { randomId } from '../../core/random-id.js';
import type { Area } from '../../core/store.js';
import type { FunctionReference } from './function-name.js';

/** Milliseconds that Lambda waits before it tries an event again: after the first failure and after the second. */
const RETRIES = [60_000, 120_000];

interface QueuedEvent {
  readonly reference: FunctionReference;
  readonly requestId: string;
  /** Text of the JSON. */
  readonly payload: string;
  readonly clientContext?: string;
  /** Tries that have failed. */
  readonly failures: number;
  /** Epoch milliseconds before which it is not tried. */
  readonly due: number;
}

/** Runs an event; gives false where the function failed or could not run. */
export type RunEvent = (event: {
  readonly reference: FunctionReference;
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly clientContext?: string;
}) => Promise<boolean>;

/**
 * Lambda's queue of asynchronous invocations. An event is stored before it is acknowledged and removed when the function
 * has handled it or has failed three times, so a restart loses none.
 */
export class AsynchronousEvents {
  readonly #context: CloudContext;
  readonly #area: Area;
  readonly #run: RunEvent;
  readonly #timers = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(context: CloudContext, run: RunEvent) {
    this.#context = context;
    // Functions of every account share one queue, so that a restart finds them all.
    this.#area = context.store.root.area('lambda-events');
    this.#run = run;
  }

  async accept(
    reference: FunctionReference,
    event: { readonly requestId: string; readonly payload: Uint8Array; readonly clientContext?: string },
  ): Promise<void> {
    const { account, region, name, qualifier } = reference;
    const queued: QueuedEvent = {
      reference: { account, region, name, ...(qualifier !== undefined && { qualifier }) },
      requestId: event.requestId,
      payload: Buffer.from(event.payload).toString(),
      ...(event.clientContext !== undefined && { clientContext: event.clientContext }),
      failures: 0,
      due: 0,
    };
    const key = `${this.#context.now()}-${randomId.uuid()}`;
    await this.#area.batch([{ key, value: queued }]);
    this.#schedule(key, queued);
  }

  /** Takes up what an earlier run of the cloud left. */
  async resume(): Promise<void> {
    for await (const [key, event] of this.#area.range<QueuedEvent>({})) this.#schedule(key, event);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #schedule(key: string, event: QueuedEvent): void {
    if (this.#stopped) return;
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer);
        void this.#try(key, event);
      },
      Math.max(0, event.due - this.#context.now()),
    );
    this.#timers.add(timer);
  }

  async #try(key: string, event: QueuedEvent): Promise<void> {
    const { reference, requestId, payload, clientContext } = event;
    const succeeded = await this.#run({
      reference,
      requestId,
      payload: Buffer.from(payload),
      ...(clientContext !== undefined && { clientContext }),
    });
    if (this.#stopped) return;
    const wait = RETRIES[event.failures];
    if (succeeded || wait === undefined) {
      await this.#area.batch([{ key, value: undefined }]);
      return;
    }
    const next = { ...event, failures: event.failures + 1, due: this.#context.now() + wait };
    await this.#area.batch([{ key, value: next }]);
    this.#schedule(key, next);
  }
}
