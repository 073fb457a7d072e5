import { isPromise, whenReady } from './awaitable.js';
import { parseEnv } from './env.js';
import { jsonLogger, type Logger } from './logger.js';
import type { AppRuntime } from './runtime.js';

type Start = (start: { env: unknown; signal: AbortSignal; log: Logger }) => unknown;

/** The key under which an App keeps its container. */
export const CONTAINER: unique symbol = Symbol.for('goblet.container') as never;

/** What one process keeps for its app: the parsed environment and what `setup` made, both made once. */
export class Container {
  readonly runtime: AppRuntime;
  readonly log: Logger;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  env: unknown;
  deps: unknown = {};
  started = false;
  #starting: Promise<void> | undefined;
  #stop: AbortController | undefined;

  constructor(runtime: AppRuntime, environment: Readonly<Record<string, string | undefined>>) {
    this.runtime = runtime;
    this.#environment = environment;
    this.log = runtime.logger ?? jsonLogger(environment);
  }

  /**
   * Parses the environment and runs `setup`, the first time. Nothing is kept of a start that failed: the next call
   * starts anew.
   * @returns a promise only where there is something to wait for
   */
  start(): Promise<void> | undefined {
    if (this.started) return undefined;
    if (this.#starting) return this.#starting;
    const parsed = process.env.GOBLET_OMIT_ENV !== '1' ? parseEnv(this.runtime.env, this.#environment) : {};
    const done = whenReady(parsed, (env) => {
      const setup = this.runtime.setup as Start | undefined;
      const made = setup?.(this.#startOf(env));
      return whenReady(made, (deps) => {
        this.env = env;
        this.deps = deps ?? {};
        this.started = true;
      });
    });
    if (!isPromise(done)) return undefined;
    this.#starting = Promise.resolve(done).finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  /** What setup is given; its signal aborts when the container ends. */
  #startOf(env: unknown): Parameters<Start>[0] {
    const container = this;
    return {
      env,
      log: this.log,
      get signal() {
        container.#stop ??= new AbortController();
        return container.#stop.signal;
      },
    };
  }

  /** Runs the app's teardown, if it was set up. */
  async stop(): Promise<void> {
    if (process.env.GOBLET_OMIT_TEARDOWN !== '1')
      if (this.started) {
        this.started = false;
        this.#stop?.abort();
        await (this.runtime.teardown as ((deps: unknown) => unknown) | undefined)?.(this.deps);
      }
  }
}
