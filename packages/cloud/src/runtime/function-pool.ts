import type { Environment, EnvironmentOwner } from './environment.js';
import type { EnvironmentImage } from './environment-image.js';
import type { EnvironmentLog } from './environment-output.js';
import type { Fleet } from './fleet.js';
import type { Invocation, InvocationResult } from './invocation.js';

/** Bounds, in milliseconds, of how long an event waits for a busy environment before another one is started for it. */
const SHORTEST_PATIENCE = 10;
const LONGEST_PATIENCE = 250;
/** Milliseconds that credentials must outlive the time limit of an invocation. */
const EXPIRATION_MARGIN = 60_000;

/** The source of a pool's environments. */
export interface PoolSource {
  /** The input of the next environment; rejects with the error for the caller. */
  readonly image: () => Promise<EnvironmentImage>;
  readonly openLog: (image: EnvironmentImage) => EnvironmentLog;
}

interface Waiting {
  readonly invocation: Invocation;
  readonly since: number;
  readonly resolve: (result: InvocationResult) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The environments of one version of a function. An event goes to the one used last. Where none is idle, Lambda starts
 * one at once; on one machine, whose processors do the starting, that costs more than it brings when handlers take a
 * millisecond. So an event first waits as long for an environment to become free as starting one takes, and each round
 * of starts at most doubles their number.
 */
export class FunctionPool {
  readonly #fleet: Fleet;
  readonly #source: PoolSource;
  readonly #owner: EnvironmentOwner = {
    idle: (idle) => this.#becameIdle(idle),
    ended: (ended, failure) => this.#ended(ended, failure),
  };
  readonly #all = new Set<Environment>();
  readonly #idle: Environment[] = [];
  readonly #queue: Waiting[] = [];
  /** Starts that have no process yet. */
  #preparing = 0;
  readonly #starting = new Set<Environment>();
  #timer: NodeJS.Timeout | undefined;
  /** How long the last start took, which is how long it is worth to wait for an environment that is there. */
  #patience = SHORTEST_PATIENCE;
  /** Waiting before this time does not count: there were too few environments then. */
  #since = 0;
  #closed = false;

  constructor(fleet: Fleet, source: PoolSource) {
    this.#fleet = fleet;
    this.#source = source;
  }

  /** Rejects only where no environment can be made at all. */
  invoke(invocation: Invocation): Promise<InvocationResult> {
    const idle = this.#takeIdle();
    if (idle) return idle.invoke(invocation);
    return new Promise((resolve, reject) => {
      this.#queue.push({ invocation, since: performance.now(), resolve, reject });
      this.#startOrWatch();
    });
  }

  /** Takes no more events: ends what is idle now, and what is busy when it has answered. */
  retire(): void {
    this.#closed = true;
    for (const environment of this.#idle.splice(0)) void environment.end();
  }

  /** Ends everything now. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { reject } of this.#queue.splice(0)) reject(new Error('the cloud is stopping'));
    await Promise.all([...this.#all].map((environment) => environment.end()));
  }

  #takeIdle(): Environment | undefined {
    for (;;) {
      const environment = this.#idle.pop();
      if (environment === undefined) return undefined;
      if (environment.state !== 'idle') continue;
      const { expiration, timeout } = environment.image;
      if (expiration - EXPIRATION_MARGIN > Date.now() + timeout * 1000) return environment;
      this.#all.delete(environment);
      void environment.end();
    }
  }

  async #start(): Promise<void> {
    this.#preparing++;
    try {
      const image = await this.#source.image();
      const environment = this.#fleet.start(image, this.#owner, this.#source.openLog(image));
      this.#preparing--;
      if (environment) {
        this.#all.add(environment);
        this.#starting.add(environment);
        if (this.#closed && this.#queue.length === 0) void environment.end();
      }
      this.#watch();
    } catch (error) {
      this.#preparing--;
      this.#queue.shift()?.reject(error instanceof Error ? error : new Error(String(error)));
      this.#startOrWatch();
    }
  }

  #becameIdle(environment: Environment): void {
    if (this.#starting.delete(environment)) {
      this.#patience = Math.min(LONGEST_PATIENCE, Math.max(SHORTEST_PATIENCE, environment.initDuration));
      if (this.#starting.size === 0) this.#watchAnew();
    }
    const waiting = this.#queue.shift();
    if (waiting) {
      environment.invoke(waiting.invocation).then(waiting.resolve, waiting.reject);
      this.#watch();
      return;
    }
    if (this.#closed) void environment.end();
    else this.#idle.push(environment);
  }

  #ended(environment: Environment, initFailure: ((requestId: string) => Uint8Array) | undefined): void {
    this.#all.delete(environment);
    this.#starting.delete(environment);
    const at = this.#idle.indexOf(environment);
    if (at >= 0) this.#idle.splice(at, 1);
    if (initFailure) {
      const waiting = this.#queue.shift();
      waiting?.resolve({
        kind: 'payload',
        payload: initFailure(waiting.invocation.requestId),
        functionError: 'Unhandled',
        log: async () => '',
      });
    }
    this.#startOrWatch();
  }

  /** Lets the environments that have just started show what they can do before more are started. */
  #watchAnew(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#since = performance.now();
  }

  #startOrWatch(): void {
    if (this.#queue.length > 0 && this.#all.size === 0 && this.#preparing === 0) void this.#start();
    else this.#watch();
  }

  /** Looks again, when the event that waits longest has waited long enough. */
  #watch(): void {
    if (this.#timer !== undefined || this.#queue.length === 0) return;
    const starting = this.#preparing + this.#starting.size > 0;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        const [longest] = this.#queue;
        if (longest === undefined) return;
        const waited = performance.now() - Math.max(longest.since, this.#since);
        if (waited >= this.#patience) {
          const unserved = this.#queue.length - this.#preparing - this.#starting.size;
          const missing = Math.min(unserved, Math.max(1, this.#all.size));
          for (let i = 0; i < missing; i++) void this.#start();
        }
        this.#watch();
      },
      starting ? LONGEST_PATIENCE : this.#patience,
    );
  }
}
