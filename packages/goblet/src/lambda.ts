import type { AnyApp } from './declare/app-types.js';
import type { LambdaContext } from './declare/route-types.js';
import { httpDispatcher } from './http/dispatch.js';
import { streaming } from './http/stream.js';
import { CONTAINER, type Container, start, stop } from './lambda/container.js';
import { eventHandler } from './lambda/events.js';
import type { LambdaHandler } from './lambda/lambda-types.js';
import type { ReadBatch } from './sources/batch.js';

export type { LambdaHandler } from './lambda/lambda-types.js';

type Handle = (event: unknown, context: LambdaContext) => unknown;

const containerOf = (app: AnyApp): Container => (app as AnyApp & { readonly [CONTAINER]: Container })[CONTAINER];

type Answer = (container: Container, event: unknown, context: LambdaContext) => Promise<unknown>;

/** The handler of the source of this name. */
function sourceHandler(container: Container, name: string | undefined): Handle | undefined {
  if (process.env.GOBLET_OMIT_EVENTS === '1') return undefined;
  const { events, sources } = container.runtime;
  const entry = events.find((event) => event.name === name);
  return entry && eventHandler(container, entry, sources[entry.name]?.options.read as ReadBatch);
}

/** The handler of the app's own authorizer of this name. */
function authorizerHandler(container: Container, name: string | undefined): Handle | undefined {
  if (process.env.GOBLET_OMIT_AUTH === '1') return undefined;
  const answer = container.runtime.auth[name ?? '']?.options.answer as Answer | undefined;
  return answer && ((event, context) => answer(container, event, context));
}

/** The handler of a function's events, for a started container. */
export function handleIn(container: Container, functionName?: string, streaming = false): Handle {
  return (
    sourceHandler(container, functionName) ??
    authorizerHandler(container, functionName) ??
    httpDispatcher(container, functionName, streaming)
  );
}

/** True if the function streams, in a runtime that supports it: Lambda's, and a local server that works like it. */
function streams(container: Container, functionName: string | undefined): boolean {
  return (
    process.env.GOBLET_OMIT_STREAM !== '1' &&
    'awslambda' in globalThis &&
    container.runtime.routes.some((route) => route.options.stream && route.function === functionName)
  );
}

/**
 * The handler of one of an app's Lambda functions.
 *
 * On Lambda the environment is read and `setup` starts at once, so that the container is ready before its first event.
 * A `setup` that fails ends the container, and Lambda reports an init error. Elsewhere the first event starts the app.
 * @param functionName the function's logical name (default: every route of the app)
 * @throws TypeError if the app has no function of that name
 * @example export const APIHandler = lambdaHandler(app, 'APIHandler');
 */
export function lambdaHandler(app: AnyApp, functionName?: string): LambdaHandler {
  let handle: Handle | undefined;
  const streamed = process.env.GOBLET_OMIT_STREAM !== '1' && streams(containerOf(app), functionName);
  const ready = (): Handle => {
    handle ??= handleIn(containerOf(app), functionName, streamed);
    return handle;
  };
  const handler: LambdaHandler = async (event, context) => {
    const container = containerOf(app);
    if (!container.started) await start(container);
    return ready()(event, context);
  };
  const answering = streamed ? streaming(handler, containerOf(app).log) : handler;
  if (!process.env.AWS_LAMBDA_RUNTIME_API) return answering;
  // Every function of the app loads this module; _HANDLER names the function that this container serves.
  const container = containerOf(app);
  if (process.env._HANDLER?.endsWith(`.${functionName}`)) ready();
  endOnSigterm(container);
  startAtOnce(container);
  return answering;
}

/** Starts the app before its first event; a failed start ends the process. */
function startAtOnce(container: Container): void {
  if (process.env.GOBLET_OMIT_SETUP === '1') return;
  start(container)?.catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
}

const ending = new WeakSet<Container>();

/** Lambda signals the end of a container if an extension is registered ("Lambda execution environment"). */
function endOnSigterm(container: Container): void {
  if (process.env.GOBLET_OMIT_TEARDOWN === '1') return;
  const { setup, teardown } = container.runtime;
  if ((!setup && !teardown) || ending.has(container)) return;
  ending.add(container);
  process.once('SIGTERM', () => {
    stop(container)
      .catch((error: unknown) => container.log.error('The teardown failed', { error }))
      .finally(() => process.exit());
  });
}

/** Waits until the app is set up. A generated entry awaits it, so that `setup` is part of Lambda's init phase. */
export async function started(app: AnyApp): Promise<void> {
  await start(containerOf(app));
}
