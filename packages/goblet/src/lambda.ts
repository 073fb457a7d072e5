import { authorizerHandler } from '#parts/auth';
import { sourceHandler } from '#parts/events';
import { start, startAtOnce } from '#parts/setup';
import { streaming, streams } from '#parts/stream';
import { endOnSigterm } from '#parts/teardown';
import type { AnyApp } from './declare/app-types.js';
import { httpDispatcher } from './http/dispatch.js';
import { type Container, containerOf } from './lambda/container.js';
import type { Handle, LambdaHandler } from './lambda/lambda-types.js';

export type { LambdaHandler } from './lambda/lambda-types.js';

/**
 * The handler of a function's events, for a started container.
 * @example const handle = handleIn(container, 'APIHandler');
 */
export function handleIn(container: Container, functionName?: string, streaming = false): Handle {
  return (
    sourceHandler(container, functionName) ??
    authorizerHandler(container, functionName) ??
    httpDispatcher(container, functionName, streaming)
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
  const ready = (): Handle => {
    handle ??= handleIn(containerOf(app), functionName, streams(app, functionName));
    return handle;
  };
  const handler: LambdaHandler = async (event, context) => {
    const container = containerOf(app);
    if (!container.started) await start(container);
    return ready()(event, context);
  };
  if (process.env.AWS_LAMBDA_RUNTIME_API) {
    // Every function of the app loads this module; _HANDLER names the function that this container serves.
    if (process.env._HANDLER?.endsWith(`.${functionName}`)) ready();
    endOnSigterm(app);
    startAtOnce(app);
  }
  return streaming(handler, app, functionName) ?? handler;
}

/**
 * Waits until the app is set up. A generated entry awaits it, so that `setup` is part of Lambda's init phase.
 * @example if (process.env.AWS_LAMBDA_RUNTIME_API) await started(app);
 */
export async function started(app: AnyApp): Promise<void> {
  await start(containerOf(app));
}
