import { parseEnv } from '#parts/env';
import { isPromise, whenReady } from '../awaitable.js';
import type { AnyApp } from '../declare/app-types.js';
import { type Container, containerOf } from './container.js';
import { abort } from './end.js';
import type { Logger } from './logger.js';

type Start = (start: { env: unknown; signal: AbortSignal; log: Logger }) => unknown;

/**
 * Parses the environment and runs `setup` the first time. A failed start leaves nothing behind: the next call starts
 * again.
 * @returns a promise only if there is something to wait for
 */
export function start(container: Container): Promise<void> | undefined {
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

function setUp(container: Container): void | PromiseLike<void> {
  const { runtime, environment } = container;
  return whenReady(parseEnv(runtime.env, environment), (env) =>
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

function failed(container: Container, error: unknown): never {
  abort(container);
  throw error;
}

/** Starts the app before its first event; a failed start ends the process. */
export function startAtOnce(app: AnyApp): void {
  start(containerOf(app))?.catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
}
