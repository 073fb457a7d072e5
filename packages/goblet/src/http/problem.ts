import type { Container } from '../container.js';
import { type HttpError, isHttpError } from '../errors.js';
import { described } from '../logger.js';
import { type Reply, reply } from '../reply.js';
import type { LazyRequest } from './request.js';

const TYPE = { 'content-type': 'application/problem+json' };

/** What may be known of an error that is no HttpError. */
function bare(error: unknown, request: LazyRequest, { runtime }: Container): Partial<HttpError> {
  const extensions: Record<string, unknown> = { requestId: request.context?.awsRequestId };
  if (process.env.GOBLET_OMIT_DEBUG !== '1')
    if (runtime.debug) {
      if (error instanceof Error) extensions.stack = error.stack;
      return { extensions, detail: described(error) };
    }
  return { extensions };
}

/**
 * The problem document (RFC 9457) for what was thrown, and its line in the log. Of what is not an HttpError nothing is
 * sent unless the app is in debug mode.
 */
export function problemOf(error: unknown, request: LazyRequest, container: Container): Reply {
  const known = isHttpError(error) ? error : bare(error, request, container);
  const { status = 500, title = 'Internal server error', code = 'INTERNAL_SERVER_ERROR', detail } = known;
  if (status < 500) request.log.info(title, { code, detail });
  else request.log.error('The request failed', { error });
  return reply(
    status,
    { ...known.extensions, title, status, code, detail },
    { headers: { ...known.headers, ...TYPE } },
  );
}
