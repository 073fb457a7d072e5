import type { InvocationResult } from '../../../runtime/invocation.js';
import { answerOf } from '../function-answer.js';
import { parseFunctionName } from '../function-name.js';
import { checkRequest, invocationOf, invokeAccess, invokeFunction, readInvocation } from '../invocation-request.js';
import { lambdaOperation } from '../service-state.js';

export const invoke = lambdaOperation({
  name: 'Invoke',
  http: {
    method: 'POST',
    path: '/2015-03-31/functions/{FunctionName}/invocations',
    query: { Qualifier: 'Qualifier' },
    headers: {
      'x-amz-invocation-type': 'InvocationType',
      'x-amz-log-type': 'LogType',
      'x-amz-client-context': 'ClientContext',
    },
    payload: 'Payload',
    output: {
      headers: {
        FunctionError: 'X-Amz-Function-Error',
        LogResult: 'X-Amz-Log-Result',
        ExecutedVersion: 'X-Amz-Executed-Version',
      },
      payload: 'Payload',
      status: 'StatusCode',
    },
  },
  parse: (raw) => readInvocation(raw, ['Event', 'RequestResponse', 'DryRun']),
  access: invokeAccess,
  handle: async (request, call, state) => {
    checkRequest(request, call);
    const { type, payload, clientContext } = request;
    const target = await invocationOf(state, parseFunctionName(request.functionName, request.qualifier, call));
    if (type === 'DryRun') return { StatusCode: 204 };
    const invocation = { requestId: call.requestId, payload, ...(clientContext !== undefined && { clientContext }) };
    if (type === 'Event') {
      await state.events.accept(target.reference, invocation);
      return { StatusCode: 202, Payload: new Uint8Array() };
    }
    const result = await invokeFunction(state, target, invocation);
    return {
      StatusCode: 200,
      ExecutedVersion: target.version.version,
      ...(await answer(result, request.tail)),
    };
  },
});

async function answer(result: InvocationResult, tail: boolean) {
  const { payload, functionError } = await answerOf(result);
  return {
    Payload: payload,
    ...(functionError && { FunctionError: functionError }),
    ...(tail && result.kind === 'payload' && { LogResult: Buffer.from(await result.log()).toString('base64') }),
  };
}
