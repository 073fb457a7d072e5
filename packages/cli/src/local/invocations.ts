import { type Invocation, type Invoker, streams } from '@goblet/cloud/execute-api';
import { lambdaContext } from './lambda-context.js';
import { StreamedResponse } from './streamed-response.js';

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;
type StreamingHandler = (event: unknown, stream: StreamedResponse, context: unknown) => Promise<unknown>;

/** Maximum bytes of a Lambda event (developer guide, "Lambda quotas"). */
const MAX_EVENT = 6 * 1024 * 1024;
/** Only events with a body of at least this number of characters are measured: the rest of an event is small. */
const MEASURED = 1024 * 1024;

/** The functions of a version of the app, and their running invocations. */
export interface Invocations {
  readonly invoker: Invoker;
  /** Fails the running invocations, like the end of an environment on Lambda. */
  readonly fail: (errorMessage: string) => void;
}

/** Refuses an event that is too large for Lambda, with the error name that API Gateway turns into a 413. */
function refuseTooLarge(event: unknown): void {
  const body = typeof event === 'object' && event !== null && 'body' in event ? event.body : undefined;
  if (typeof body !== 'string' || body.length < MEASURED) return;
  const size = Buffer.byteLength(JSON.stringify(event));
  if (size <= MAX_EVENT) return;
  const error = new Error(`the event has ${size} bytes; Lambda accepts ${MAX_EVENT}`);
  error.name = 'RequestTooLargeException';
  throw error;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Runs the functions of the bundle in this process, as Lambda's proxy integration would run them.
 *
 * @param timeout milliseconds after which an invocation fails
 * @param log receives errors that a function throws
 */
export function invocations(
  functions: Readonly<Record<string, Handler>>,
  timeout: number,
  log: (error: unknown) => void,
): Invocations {
  const pending = new Set<(errorMessage: string) => void>();

  function invoke(handler: Handler, name: string, event: unknown): Promise<Invocation> {
    return new Promise((resolve) => {
      const end = (invocation: Invocation) => {
        clearTimeout(timer);
        pending.delete(fail);
        resolve(invocation);
      };
      const fail = (errorMessage: string) => end({ functionError: 'Unhandled', errorMessage });
      pending.add(fail);
      const timer = setTimeout(() => fail(`Task timed out after ${(timeout / 1000).toFixed(2)} seconds`), timeout);
      run(handler, event, lambdaContext(name, timeout)).then(end, (error: unknown) => {
        log(error);
        fail(messageOf(error));
      });
    });
  }

  async function run(handler: Handler, event: unknown, context: unknown): Promise<Invocation> {
    if (!streams(handler)) return { payload: await handler(event, context) };
    const stream = new StreamedResponse();
    (handler as unknown as StreamingHandler)(event, stream, context).catch((error: unknown) => {
      log(error);
      stream.destroy(error instanceof Error ? error : new Error(String(error)));
    });
    await stream.begun();
    return { stream: stream.chunks() };
  }

  return {
    invoker: {
      invoke: async (name, event) => {
        const handler = functions[name];
        if (!handler) throw new Error(`the bundle has no function ${name}`);
        refuseTooLarge(event);
        return invoke(handler, name, event);
      },
    },
    fail: (errorMessage) => {
      for (const fail of pending) fail(errorMessage);
    },
  };
}
