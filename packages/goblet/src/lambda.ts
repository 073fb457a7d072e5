import type { AnyApp } from './app-types.js';
import { isPromise } from './awaitable.js';
import { Container } from './container.js';
import { HttpDispatcher } from './http/dispatch.js';
import type { LambdaHandler } from './lambda-types.js';
import type { LambdaContext } from './route-types.js';
import { type AppRuntime, RUNTIME } from './runtime.js';

export type { LambdaHandler } from './lambda-types.js';

const containers = new WeakMap<object, Container>();

function containerOf(app: AnyApp): Container {
  const kept = containers.get(app);
  if (kept) return kept;
  const container = new Container((app as AnyApp & { [RUNTIME]: AppRuntime })[RUNTIME], process.env);
  containers.set(app, container);
  return container;
}

/** The handler of a function, over a container of its own. */
export function handlerIn(container: Container, functionName?: string): LambdaHandler {
  const { routes, definition } = container.runtime;
  const named = functionName !== undefined;
  if (named && Object.hasOwn(definition.sources, functionName))
    throw new TypeError(
      `GOBLET_SOURCE_UNSUPPORTED: events of ${definition.sources[functionName]?.kind} are not supported yet`,
    );
  if (named && !routes.some((route) => route.function === functionName))
    throw new TypeError(`GOBLET_FUNCTION_UNKNOWN: the app has no function "${functionName}"`);
  let dispatcher: HttpDispatcher | undefined;
  const handle = (event: unknown, context: LambdaContext) => {
    dispatcher ??= new HttpDispatcher(container, functionName);
    return dispatcher.handle(event, context);
  };
  return async (event, context) => {
    if (!container.started) await container.start();
    return handle(event, context);
  };
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
  let handler: LambdaHandler | undefined;
  const make = () => handlerIn(containerOf(app), functionName);
  if (process.env.AWS_LAMBDA_RUNTIME_API) {
    // Every function of the app loads this module; _HANDLER names the one that this container serves.
    if (process.env._HANDLER?.endsWith(`.${functionName}`)) handler = make();
    const starting = containerOf(app).start();
    if (isPromise(starting))
      starting.then(undefined, (error: unknown) => {
        setImmediate(() => {
          throw error;
        });
      });
  }
  return (event, context) => {
    handler ??= make();
    return handler(event, context);
  };
}

/** Waits until the app is set up. A generated entry awaits it, so that `setup` belongs to Lambda's init phase. */
export async function started(app: AnyApp): Promise<void> {
  await containerOf(app).start();
}
