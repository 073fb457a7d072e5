import type { AnyApp } from './app-types.js';
import { CONTAINER, type Container } from './container.js';
import { HttpDispatcher } from './http/dispatch.js';
import type { LambdaHandler } from './lambda-types.js';
import type { LambdaContext } from './route-types.js';

export type { LambdaHandler } from './lambda-types.js';

type Handle = (event: unknown, context: LambdaContext) => unknown;

const containerOf = (app: AnyApp): Container => (app as AnyApp & { readonly [CONTAINER]: Container })[CONTAINER];

/** What answers the events of a function, once its container is started. */
export function handleIn(container: Container, functionName?: string): Handle {
  const { routes, sources } = container.runtime;
  if (process.env.GOBLET_OMIT_EVENTS !== '1') {
    if (functionName !== undefined && Object.hasOwn(sources, functionName))
      throw new TypeError(`GOBLET_SOURCE_UNSUPPORTED: events of ${sources[functionName]?.kind} are not supported yet`);
  }
  if (functionName !== undefined && !routes.some((route) => route.function === functionName))
    throw new TypeError(`GOBLET_FUNCTION_UNKNOWN: the app has no function "${functionName}"`);
  const dispatcher = new HttpDispatcher(container, functionName);
  return (event, context) => dispatcher.handle(event, context);
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
  const ready = (): Handle => {
    handle ??= handleIn(containerOf(app), functionName);
    return handle;
  };
  if (process.env.AWS_LAMBDA_RUNTIME_API) {
    // Every function of the app loads this module; _HANDLER names the one that this container serves.
    if (process.env._HANDLER?.endsWith(`.${functionName}`)) ready();
    containerOf(app)
      .start()
      ?.catch((error: unknown) => {
        setImmediate(() => {
          throw error;
        });
      });
  }
  return async (event, context) => {
    const container = containerOf(app);
    if (!container.started) await container.start();
    return ready()(event, context);
  };
}

/** Waits until the app is set up. A generated entry awaits it, so that `setup` belongs to Lambda's init phase. */
export async function started(app: AnyApp): Promise<void> {
  await containerOf(app).start();
}
