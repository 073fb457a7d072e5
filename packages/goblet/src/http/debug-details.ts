import { described } from '../lambda/logger.js';
import type { HttpError } from './error-types.js';
import type { Exchange } from './exchange.js';

/** The message and stack of an unknown error, for the response of an app in debug mode. */
export function debugDetails(error: unknown, { context, container }: Exchange): Partial<HttpError> | undefined {
  if (!container.runtime.debug) return undefined;
  const stack = error instanceof Error ? error.stack : undefined;
  return { extensions: { requestId: context?.awsRequestId, stack }, detail: described(error) };
}
