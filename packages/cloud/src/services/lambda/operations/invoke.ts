import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import type { InvocationResult } from '../../../runtime/invocation.js';
import { functionArn, parseFunctionName } from '../function-name.js';
import { invocationOf, invokeFunction } from '../invocation-request.js';
import { policyOf } from '../resource-policy.js';
import { lambdaOperation } from '../service-state.js';

/** Bytes */
const LONGEST_REQUEST = 6_291_456;
const LONGEST_EVENT = 1_048_576;

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
  parse: (raw) => {
    const input = new InputReader(raw);
    const parsed = {
      functionName: input.requiredText('FunctionName'),
      qualifier: input.text('Qualifier'),
      type: input.text('InvocationType', { oneOf: ['Event', 'RequestResponse', 'DryRun'] }) ?? 'RequestResponse',
      tail: input.text('LogType', { oneOf: ['None', 'Tail'] }) === 'Tail',
      clientContext: input.text('ClientContext'),
      payload: payloadOf(raw),
    };
    input.check();
    return parsed;
  },
  access: ({ functionName, qualifier }, call, state) => {
    const reference = parseFunctionName(functionName, qualifier, call);
    return [
      {
        action: 'lambda:InvokeFunction',
        resource: functionArn(reference),
        resourcePolicy: () => policyOf(state, reference),
      },
    ];
  },
  handle: async ({ functionName, qualifier, type, tail, clientContext, payload }, call, state) => {
    const limit = type === 'Event' ? LONGEST_EVENT : LONGEST_REQUEST;
    if (payload.length > limit) {
      throw new AwsError(
        'RequestTooLargeException',
        `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
        413,
        { Type: 'User' },
      );
    }
    // Services of the cloud make their events themselves.
    if (call.principal.kind !== 'service') checkJson(payload);
    const reference = parseFunctionName(functionName, qualifier, call);
    const target = await invocationOf(state, reference);
    if (type === 'DryRun') return { StatusCode: 204 };
    const invocation = {
      requestId: call.requestId,
      payload,
      ...(clientContext !== undefined && { clientContext: Buffer.from(clientContext, 'base64').toString() }),
    };
    if (type === 'Event') {
      await state.events.accept(target.reference, invocation);
      return { StatusCode: 202, Payload: new Uint8Array() };
    }
    const result = await invokeFunction(state, target, invocation);
    return {
      StatusCode: 200,
      ExecutedVersion: target.version.version,
      ...(await answer(result, tail)),
    };
  },
});

async function answer(result: InvocationResult, tail: boolean) {
  if (result.kind === 'stream') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of result.body) chunks.push(chunk);
    return { Payload: Buffer.concat(chunks) };
  }
  return {
    Payload: result.payload,
    ...(result.functionError && { FunctionError: result.functionError }),
    ...(tail && { LogResult: Buffer.from(await result.log()).toString('base64') }),
  };
}

const EMPTY_EVENT = Buffer.from('{}');

function payloadOf(raw: unknown): Uint8Array {
  const payload: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'Payload') : undefined;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  return bytes instanceof Uint8Array && bytes.length > 0 ? bytes : EMPTY_EVENT;
}

function checkJson(payload: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`, 400, {
      Type: 'User',
    });
  }
}
