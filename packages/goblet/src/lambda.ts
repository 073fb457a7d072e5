import type { AnyApp } from './app-types.js';
import { CONTAINER, type Container } from './container.js';
import { eventHandler, type ReadBatch } from './events.js';
import { httpDispatcher } from './http/dispatch.js';
import { streaming } from './http/stream.js';
import type { LambdaHandler } from './lambda-types.js';
import type { LambdaContext } from './route-types.js';

export type { LambdaHandler } from './lambda-types.js';

type Handle = (event: unknown, context: LambdaContext) => unknown;

const containerOf = (app: AnyApp): Container => (app as AnyApp & { readonly [CONTAINER]: Container })[CONTAINER];

type Answer = (container: Container, event: unknown, context: LambdaContext) => Promise<unknown>;

/** What answers the events of a function, once its container is started. */
export function handleIn(container: Container, functionName?: string, streaming = false): Handle {
  if (process.env.GOBLET_OMIT_EVENTS !== '1') {
    const entry = container.runtime.events.find(({ name }) => name === functionName);
    if (entry) return eventHandler(container, entry, container.runtime.sources[entry.name]?.options.read as ReadBatch);
  }
  if (process.env.GOBLET_OMIT_AUTH !== '1' && functionName !== undefined) {
    const answer = container.runtime.auth[functionName]?.options.answer as Answer | undefined;
    if (answer) return (event, context) => answer(container, event, context);
  }
  if (
    process.env.GOBLET_OMIT_TOOLING !== '1' &&
    functionName !== undefined &&
    !container.runtime.routes.some((route) => route.function === functionName)
  )
    throw new TypeError(`GOBLET_FUNCTION_UNKNOWN: the app has no function "${functionName}"`);
  return httpDispatcher(container, functionName, streaming);
}

/**
 * The handler of one of an app's Lambda functions.
 *
 * On Lambda the environment is read and `setup` started at once, so that the container is ready before its first
 * event; a `setup` that fails ends the container, and Lambda reports it as an init error. Elsewhere the first event
 * starts the app.
 * @param functionName the function's logical name; every route of the app where there is none
 * @throws TypeError when the app has no function of that name
 * @example export const APIHandler = lambdaHandler(app, 'APIHandler');
 */
export function lambdaHandler(app: AnyApp, functionName?: string): LambdaHandler {
  let handle: Handle | undefined;
  // Only a runtime that can stream has the global: Lambda's, and a local server that does as it does.
  const streams =
    process.env.GOBLET_OMIT_STREAM !== '1' &&
    'awslambda' in globalThis &&
    containerOf(app).runtime.routes.some((route) => route.options.stream && route.function === functionName);
  const ready = (): Handle => {
    handle ??= handleIn(containerOf(app), functionName, streams);
    return handle;
  };
  const handler: LambdaHandler = async (event, context) => {
    const container = containerOf(app);
    if (!container.started) await container.start();
    return ready()(event, context);
  };
  const answering = streams ? streaming(handler, containerOf(app).log) : handler;
  if (!process.env.AWS_LAMBDA_RUNTIME_API) return answering;
  // Every function of the app loads this module; _HANDLER names the one that this container serves.
  const container = containerOf(app);
  const ours = process.env._HANDLER?.endsWith(`.${functionName}`);
  if (ours) ready();
  if (process.env.GOBLET_OMIT_TEARDOWN !== '1') endOnSigterm(container);
  if (process.env.GOBLET_OMIT_SETUP !== '1')
    container.start()?.catch((error: unknown) => {
      setImmediate(() => {
        throw error;
      });
    });
  return answering;
}

const ending = new WeakSet<Container>();

/** Lambda tells a container that it ends where an extension is registered ("Lambda execution environment"). */
function endOnSigterm(container: Container): void {
  const { setup, teardown } = container.runtime;
  if ((!setup && !teardown) || ending.has(container)) return;
  ending.add(container);
  process.once('SIGTERM', () => {
    container
      .stop()
      .catch((error: unknown) => container.log.error('The teardown failed', { error }))
      .finally(() => process.exit());
  });
}

/** Waits until the app is set up. A generated entry awaits it, so that `setup` belongs to Lambda's init phase. */
export async function started(app: AnyApp): Promise<void> {
  await containerOf(app).start();
}
