import { type InvocationResult, StreamError } from '../../../runtime/invocation.js';
import { encodeEvent } from '../event-stream.js';
import { parseFunctionName } from '../function-name.js';
import { checkRequest, invocationOf, invokeAccess, invokeFunction, readInvocation } from '../invocation-request.js';
import { lambdaOperation } from '../service-state.js';

/**
 * Answers with the function's response as it comes. On the wire it is `EventStream`, AWS's events; in process `Stream`
 * is the response as the function writes it. One of the two may be read, once.
 */
export const invokeWithResponseStream = lambdaOperation({
  name: 'InvokeWithResponseStream',
  http: {
    method: 'POST',
    path: '/2021-11-15/functions/{FunctionName}/response-streaming-invocations',
    query: { Qualifier: 'Qualifier' },
    headers: {
      'x-amz-invocation-type': 'InvocationType',
      'x-amz-log-type': 'LogType',
      'x-amz-client-context': 'ClientContext',
    },
    payload: 'Payload',
    output: {
      headers: {
        ResponseStreamContentType: 'content-type',
        ExecutedVersion: 'X-Amz-Executed-Version',
      },
      payload: 'EventStream',
      status: 'StatusCode',
    },
  },
  parse: (raw) => readInvocation(raw, ['RequestResponse', 'DryRun']),
  access: invokeAccess,
  handle: async (request, call, state) => {
    checkRequest(request, call);
    const target = await invocationOf(state, parseFunctionName(request.functionName, request.qualifier, call));
    if (request.type === 'DryRun') return { StatusCode: 204 };
    const result = await invokeFunction(state, target, { ...request, requestId: call.requestId });
    return {
      StatusCode: 200,
      ResponseStreamContentType: result.kind === 'stream' ? result.contentType : 'application/octet-stream',
      ExecutedVersion: target.version.version,
      ...(result.kind === 'payload' &&
        result.functionError && { FunctionError: result.functionError, Payload: result.payload }),
      Stream: bytesOf(result),
      EventStream: eventsOf(result, request.tail),
    };
  },
});

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

async function* eventsOf(result: InvocationResult, tail: boolean): AsyncGenerator<Uint8Array> {
  let complete: Record<string, string> = {};
  try {
    for await (const chunk of bytesOf(result)) {
      if (chunk.length > 0) yield encodeEvent('PayloadChunk', 'application/octet-stream', chunk);
    }
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    complete = { ErrorCode: error.errorType, ErrorDetails: error.details };
  }
  if (tail && result.kind === 'payload') {
    complete = { ...complete, LogResult: Buffer.from(await result.log()).toString('base64') };
  }
  yield encodeEvent('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete)));
}

function errorTypeOf(details: string): string {
  const parsed: unknown = JSON.parse(details);
  const type: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'errorType') : undefined;
  return typeof type === 'string' ? type : 'Unhandled';
}
