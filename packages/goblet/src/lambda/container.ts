import { isPromise, whenReady } from '../awaitable.js';
import type { AppRuntime } from '../declare/runtime.js';
import { parseEnv } from './env.js';
import { jsonLogger, type Logger } from './logger.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Start = (start: { env: unknown; signal: AbortSignal; log: Logger }) => unknown;

/** The key under which an App keeps its container. */
export const CONTAINER: unique symbol = Symbol.for('goblet.container') as never;

/** The state of an app in one process: the parsed environment and the result of `setup`, each computed once. */
export class Container {
  declare readonly runtime: AppRuntime;
  declare readonly log: Logger;
  declare readonly environment: Environment;
  declare env: unknown;
  deps: unknown = {};
  /** An app without `env` and `setup` has nothing to start. */
  started = process.env.GOBLET_OMIT_SETUP === '1';
  /** The start in progress. */
  declare starting: Promise<void> | undefined;
  /** Controls the signal of setup, once setup has read it. */
  declare ending: AbortController | undefined;

  constructor(runtime: AppRuntime, environment: Environment) {
    this.runtime = runtime;
    this.environment = environment;
    this.log = runtime.logger ?? jsonLogger(environment);
  }
}

/**
 * Parses the environment and runs `setup` the first time. A failed start leaves nothing behind: the next call starts
 * again.
 * @returns a promise only if there is something to wait for
 */
export function start(container: Container): Promise<void> | undefined {
  if (process.env.GOBLET_OMIT_SETUP === '1') return undefined;
  if (container.started || container.starting) return container.starting;
  try {
    const done = setUp(container);
    if (isPromise(done))
      container.starting = Promise.resolve(done)
        .catch((error) => failed(container, error))
        .finally(() => {
          container.starting = undefined;
        });
  } catch (error) {
    failed(container, error);
  }
  return container.starting;
}

/** Aborts the signal of setup, and runs the app's teardown if setup has run or is running. */
export async function stop(container: Container): Promise<void> {
  abort(container);
  await container.starting?.catch(() => undefined);
  if (container.started) {
    container.started = false;
    await (container.runtime.teardown as ((deps: unknown) => unknown) | undefined)?.(container.deps);
  }
}

function setUp(container: Container): void | PromiseLike<void> {
  const { runtime, environment } = container;
  const parsed = process.env.GOBLET_OMIT_ENV !== '1' ? parseEnv(runtime.env, environment) : {};
  return whenReady(parsed, (env) =>
    whenReady((runtime.setup as Start | undefined)?.(startOf(container, env)), (deps) => {
      container.env = env;
      container.deps = deps ?? {};
      container.started = true;
    }),
  );
}

/** The input of setup; its signal aborts when setup fails or the container ends. */
const startOf = (container: Container, env: unknown): Parameters<Start>[0] => ({
  env,
  log: container.log,
  get signal() {
    container.ending ??= new AbortController();
    return container.ending.signal;
  },
});

function abort(container: Container): void {
  container.ending?.abort();
  // A later start has its own signal.
  container.ending = undefined;
}

function failed(container: Container, error: unknown): never {
  abort(container);
  throw error;
}
