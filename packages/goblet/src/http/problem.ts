import { debugDetails } from '#parts/debug';
import { type HttpError, isHttpError } from './errors.js';
import type { Exchange } from './exchange.js';
import { type Reply, reply } from './reply.js';

/**
 * The problem document (RFC 9457) for a thrown value, and its line in the log. Details of anything but an HttpError are
 * sent only in debug mode.
 */
export function problemOf(error: unknown, exchange: Exchange): Reply {
  const { log } = exchange.request;
  const known: Partial<HttpError> = isHttpError(error)
    ? error
    : (debugDetails(error, exchange) ?? { extensions: { requestId: exchange.context?.awsRequestId } });
  const { status = 500, title = 'Internal server error', code = 'INTERNAL_SERVER_ERROR', detail } = known;
  if (status < 500) log.info(title, { code, detail });
  else log.error('The request failed', { error });
  return reply(
    status,
    { ...known.extensions, title, status, code, detail },
    { headers: { ...known.headers, 'content-type': 'application/problem+json' } },
  );
}
