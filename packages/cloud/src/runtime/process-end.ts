import { exitReason, failurePayload, type InvocationFailure } from './invocation.js';

/** The end of a process in Lambda's words: for its event, its log and its stream. */
export interface ProcessEnd {
  readonly errorType: 'Runtime.ExitError' | 'Runtime.OutOfMemory';
  readonly streamErrorType: 'Runtime.ExitError' | 'Sandbox.Timedout';
  readonly failure: InvocationFailure;
  readonly payload: (requestId: string) => Buffer;
  readonly line: (requestId: string) => string;
}

/**
 * @param cause why the cloud ended the process, if it did
 * @param timeout of the function, in seconds
 */
export function processEnd(
  cause: 'timeout' | 'memory' | undefined,
  code: number | null,
  signal: NodeJS.Signals | null,
  timeout: number,
): ProcessEnd {
  if (cause === 'timeout')
    return {
      errorType: 'Runtime.ExitError',
      streamErrorType: 'Sandbox.Timedout',
      failure: { status: 'timeout' },
      payload: (requestId) => failurePayload.timedOut(requestId, timeout),
      line: (requestId) =>
        `${new Date().toISOString()} ${requestId} Task timed out after ${timeout.toFixed(2)} seconds\n`,
    };
  const errorType = cause === 'memory' ? 'Runtime.OutOfMemory' : 'Runtime.ExitError';
  const reason = exitReason(code, signal);
  return {
    errorType,
    streamErrorType: 'Runtime.ExitError',
    failure: { status: 'error', errorType },
    payload: (requestId) => failurePayload.exited(requestId, reason),
    line: (requestId) => `RequestId: ${requestId} Error: ${reason}\nRuntime.ExitError`,
  };
}
