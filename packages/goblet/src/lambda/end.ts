import type { AnyApp } from '../declare/app-types.js';
import { type Container, containerOf } from './container.js';

/** Aborts the signal of a setup, which has failed or whose container ends. */
export function abort(container: Container): void {
  container.ending?.abort();
  // A later start has its own signal.
  container.ending = undefined;
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

const ending = new WeakSet<Container>();

/** Lambda signals the end of a container if an extension is registered ("Lambda execution environment"). */
export function endOnSigterm(app: AnyApp): void {
  const container = containerOf(app);
  const { setup, teardown } = container.runtime;
  if ((!setup && !teardown) || ending.has(container)) return;
  ending.add(container);
  process.once('SIGTERM', () => {
    stop(container)
      .catch((error: unknown) => container.log.error('The teardown failed', { error }))
      .finally(() => process.exit());
  });
}
