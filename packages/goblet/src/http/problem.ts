import { described } from '../lambda/logger.js';
import { type HttpError, isHttpError } from './errors.js';
import type { Exchange } from './exchange.js';
import { type Reply, reply } from './reply.js';

const TYPE = { 'content-type': 'application/problem+json' };

/** The response for an error that is not an HttpError. */
function bare(error: unknown, { context, container }: Exchange): Partial<HttpError> {
  const extensions = { requestId: context?.awsRequestId };
  if (process.env.GOBLET_OMIT_DEBUG !== '1' && container.runtime.debug) {
    const stack = error instanceof Error ? error.stack : undefined;
    return { extensions: { ...extensions, stack }, detail: described(error) };
  }
  return { extensions };
}

/**
 * The problem document (RFC 9457) for a thrown value, and its line in the log. Details of anything but an HttpError are
 * sent only in debug mode.
 */
export function problemOf(error: unknown, exchange: Exchange): Reply {
  const { log } = exchange.request;
  const known = isHttpError(error) ? error : bare(error, exchange);
  const { status = 500, title = 'Internal server error', code = 'INTERNAL_SERVER_ERROR', detail } = known;
  if (status < 500) log.info(title, { code, detail });
  else log.error('The request failed', { error });
  return reply(
    status,
    { ...known.extensions, title, status, code, detail },
    { headers: { ...known.headers, ...TYPE } },
  );
}
