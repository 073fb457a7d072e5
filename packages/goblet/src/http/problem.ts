import type { Container } from '../container.js';
import { type HttpError, isHttpError } from '../errors.js';
import { type Reply, reply } from '../reply.js';
import type { LazyRequest } from './request.js';

const TYPE = { 'content-type': 'application/problem+json' };

function known(error: HttpError): Reply {
  const { code, status, title, detail, extensions } = error;
  return reply(status, { title, status, code, detail, ...extensions }, { headers: { ...TYPE, ...error.headers } });
}

function unknownError(error: unknown, request: LazyRequest, debug: boolean): Reply {
  const requestId: unknown = request.context?.awsRequestId;
  const shown = debug
    ? {
        detail: error instanceof Error ? error.message : describe(error),
        stack: error instanceof Error ? error.stack : undefined,
      }
    : {};
  return reply(
    500,
    { title: 'Internal server error', status: 500, code: 'INTERNAL_SERVER_ERROR', requestId, ...shown },
    { headers: TYPE },
  );
}

const describe = (thrown: unknown): string => {
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
export function problemOf(error: unknown, request: LazyRequest, container: Container): Reply {
  if (isHttpError(error)) {
    if (error.status >= 500) request.log.error(error.message, { error });
    return known(error);
  }
  request.log.error('The handler failed', { error: error instanceof Error ? error : describe(error) });
  return unknownError(error, request, container.runtime.debug);
}
