/** One event on its way to a function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** The ARN by which the function was called, with its qualifier if one was given. */
  readonly invokedArn: string;
  readonly traceId: string;
  /** JSON, as the client sent it. */
  readonly clientContext?: string | undefined;
}

/** The limit of a buffered answer, in bytes; Lambda's own limit of 6 MB and its small change. */
export const LONGEST_RESPONSE = 6_291_556;

/** The resources that an invocation used, for the REPORT line. */
export interface InvocationReport {
  /** Milliseconds. */
  readonly duration: number;
  /** Milliseconds; only of the first invocation of an environment. */
  readonly initDuration?: number;
  /** MB */
  readonly maxMemoryUsed: number;
  /** Set where Lambda ended the invocation, or the process ended itself. */
  readonly failure?: InvocationFailure;
}

/** How an invocation failed that has no answer of the function. */
export type InvocationFailure =
  | { readonly status: 'timeout' }
  | { readonly status: 'error'; readonly errorType: 'Runtime.ExitError' | 'Runtime.OutOfMemory' };

/** How an invocation ended. */
export type InvocationResult =
  | {
      readonly kind: 'payload';
      readonly payload: Uint8Array;
      /** Set where the function failed: `payload` is then `{ errorType, errorMessage, trace? }` in JSON. */
      readonly functionError?: 'Unhandled';
      /** Milliseconds for which the function ran; undefined if it did not. */
      readonly duration?: number;
      /** The last 4 KB of the log of this invocation, once all that the function wrote has arrived. */
      readonly log: () => Promise<string>;
    }
  | {
      readonly kind: 'stream';
      readonly contentType: string;
      /** Throws a `StreamError` at its end where the function failed on the way. */
      readonly body: AsyncIterable<Uint8Array>;
      /** Resolves when the function has finished, however it did and whether or not its body was read. */
      readonly finished: Promise<void>;
    };

/** A streamed response that the function did not finish. */
export class StreamError extends Error {
  /** @param details JSON of `{ errorType, errorMessage, trace }`, as far as the function told */
  constructor(
    readonly errorType: string,
    readonly details: string,
  ) {
    super(`the function's response stream broke off: ${errorType}`);
    this.name = 'StreamError';
  }
}

function failure(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}

/** Answers to the caller when the function itself could not answer, in Lambda's words. */
export const failurePayload = {
  timedOut: (requestId: string, seconds: number): Buffer =>
    failure('Sandbox.Timedout', `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`),
  exited: (requestId: string, reason: string): Buffer =>
    failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`),
  tooLarge: (): Buffer =>
    failure(
      'Function.ResponseSizeTooLarge',
      `Response payload size exceeded maximum allowed payload size (${LONGEST_RESPONSE} bytes).`,
    ),
};

/** Why a process ended, in Lambda's words. */
export function exitReason(code: number | null, signal: string | null): string {
  const names: Readonly<Record<string, string>> = {
    SIGKILL: 'killed',
    SIGABRT: 'aborted',
    SIGSEGV: 'segmentation fault',
    SIGTERM: 'terminated',
  };
  if (signal !== null) return `Runtime exited with error: signal: ${names[signal] ?? signal}`;
  return code === 0 || code === null
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${code}`;
}
