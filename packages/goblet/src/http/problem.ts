import type { Container } from '../container.js';
import { isHttpError } from '../errors.js';
import { type Reply, reply } from '../reply.js';
import type { LazyRequest } from './request.js';

const TYPE = { 'content-type': 'application/problem+json' };

const described = (thrown: unknown): string => {
  try {
    return String(thrown);
  } catch {
    return typeof thrown;
  }
};

/**
 * The problem document (RFC 9457) for what was thrown. What is not an HttpError is logged, and nothing of it is sent
 * unless the app is in debug mode.
 */
export function problemOf(error: unknown, request: LazyRequest, { runtime }: Container): Reply {
  if (isHttpError(error)) {
    const { status, title, code, detail, extensions } = error;
    if (status >= 500) request.log.error(error.message, { error });
    return reply(status, { ...extensions, title, status, code, detail }, { headers: { ...error.headers, ...TYPE } });
  }
  request.log.error('The request failed', { error: error instanceof Error ? error : described(error) });
  return reply(
    500,
    {
      title: 'Internal server error',
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      requestId: request.context?.awsRequestId,
      ...(runtime.debug && { detail: described(error), stack: error instanceof Error ? error.stack : undefined }),
    },
    { headers: TYPE },
  );
}
