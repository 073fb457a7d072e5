import { type InvocationResult, StreamError } from '../../../runtime/invocation.js';
import { invocationOf, invokeFunction } from '../invocation/invoker.js';
import { lambdaOperation } from '../service-state.js';
import { checkRequest, INVOCATION_LIMITS, invokeAccess, parseInvocation } from './invoke.js';

/** Answers with the function's response as it comes, in AWS's events. */
export const invokeWithResponseStream = lambdaOperation({
  name: 'InvokeWithResponseStream',
  limits: INVOCATION_LIMITS,
  parse: parseInvocation,
  access: invokeAccess,
  handle: async (request, call, state) => {
    checkRequest(request, call);
    const target = await invocationOf(state, request.reference);
    if (request.type === 'DryRun') return { StatusCode: 204 };
    const result = await invokeFunction(
      state,
      target,
      { ...request, requestId: call.requestId },
      call.request?.traceId,
    );
    return {
      StatusCode: 200,
      ResponseStreamContentType: result.kind === 'stream' ? result.contentType : 'application/octet-stream',
      ExecutedVersion: target.version.version,
      EventStream: eventsOf(result, request.tail),
    };
  },
});

type StreamEvent =
  | { readonly PayloadChunk: { readonly Payload: Uint8Array } }
  | { readonly InvokeComplete: Readonly<Record<'ErrorCode' | 'ErrorDetails' | 'LogResult', string | undefined>> };

async function* eventsOf(result: InvocationResult, tail: boolean): AsyncGenerator<StreamEvent> {
  let failure: StreamError | undefined;
  try {
    for await (const Payload of bytesOf(result)) if (Payload.length > 0) yield { PayloadChunk: { Payload } };
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    failure = error;
  }
  const log = tail && result.kind === 'payload' ? await result.log() : undefined;
  yield {
    InvokeComplete: {
      ErrorCode: failure?.errorType,
      ErrorDetails: failure?.details,
      LogResult: log === undefined ? undefined : Buffer.from(log).toString('base64'),
    },
  };
}

async function* bytesOf(result: InvocationResult): AsyncGenerator<Uint8Array> {
  if (result.kind === 'stream') {
    yield* result.body;
    return;
  }
  if (result.functionError) {
    const details = Buffer.from(result.payload).toString();
    throw new StreamError(errorTypeOf(details), details);
  }
  yield result.payload;
}

function errorTypeOf(details: string): string {
  const parsed: unknown = JSON.parse(details);
  const type: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'errorType') : undefined;
  return typeof type === 'string' ? type : 'Unhandled';
}
