import { parseJson } from '../../../core/json.js';
import type { Call, Scope } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import type { InvocationResult } from '../../../runtime/invocation.js';
import { functionArn } from '../functions/function-name.js';
import { answerOf } from '../invocation/function-answer.js';
import { invocationOf, invokeFunction } from '../invocation/invoker.js';
import { userError } from '../lambda-error.js';
import { policyOf } from '../policies/function-policy.js';
import { type FunctionTarget, functionTags, type LambdaRow, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

/** Bytes */
const LONGEST_REQUEST = 6_291_456;
const LONGEST_EVENT = 1_048_576;
const EMPTY_EVENT = Buffer.from('{}');

const LOG_TYPE = { values: ['None', 'Tail'] };

/** The limits of operations that answer with the function's response. */
export const INVOCATION_LIMITS = { InvocationType: { values: ['RequestResponse', 'DryRun'] }, LogType: LOG_TYPE };

/** The input of the operations that invoke a function. */
export function parseInvocation(input: Input<'lambda', 'Invoke'>, scope: Scope) {
  const { ClientContext, Payload } = input;
  const bytes = typeof Payload === 'string' ? Buffer.from(Payload) : Payload;
  const payload: Uint8Array = bytes instanceof Uint8Array && bytes.length > 0 ? bytes : EMPTY_EVENT;
  return {
    ...parseQualified(input, scope),
    type: input.InvocationType ?? 'RequestResponse',
    /** True if the caller wants the end of the log with the answer. */
    tail: input.LogType === 'Tail',
    /** JSON */
    clientContext: ClientContext === undefined ? undefined : Buffer.from(ClientContext, 'base64').toString(),
    payload,
  };
}

type InvocationRequest = ReturnType<typeof parseInvocation>;

/** Invoking, by the caller's policies or the function's own. */
export const invokeAccess = (row: LambdaRow<InvocationRequest>) => [
  row<FunctionTarget>({
    action: 'lambda:InvokeFunction',
    type: 'function',
    on: ({ reference }, _call, { functions }) => ({
      resource: functionArn(reference),
      resourcePolicy: () => policyOf(functions, reference),
      reference,
    }),
    keys: { ...functionTags, 'lambda:InvokedViaFunctionUrl': () => 'false' },
  }),
];

/** Throws where the payload is too large or, from a client, no JSON. */
export function checkRequest({ type, payload }: Pick<InvocationRequest, 'type' | 'payload'>, call: Call): void {
  const limit = type === 'Event' ? LONGEST_EVENT : LONGEST_REQUEST;
  if (payload.length > limit) {
    throw userError(
      'RequestTooLargeException',
      `Request must be smaller than ${limit} bytes for the InvokeFunction operation`,
      413,
    );
  }
  // Services of the cloud make their events themselves.
  if (call.principal.kind === 'service') return;
  try {
    parseJson(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw userError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`);
  }
}

export const invoke = lambdaOperation({
  name: 'Invoke',
  limits: { InvocationType: { values: ['Event', 'RequestResponse', 'DryRun'] }, LogType: LOG_TYPE },
  parse: parseInvocation,
  access: invokeAccess,
  handle: async (request, call, state) => {
    checkRequest(request, call);
    const { reference, type, payload, clientContext, tail } = request;
    const target = await invocationOf(state, reference);
    if (type === 'DryRun') return { StatusCode: 204 };
    const invocation = { requestId: call.requestId, payload, clientContext };
    if (type === 'Event') {
      await state.events.accept(reference, { ...invocation, trace: call.request?.traceId });
      return { StatusCode: 202, Payload: new Uint8Array() };
    }
    const result = await invokeFunction(state, target, invocation, call.request?.traceId);
    return { StatusCode: 200, ExecutedVersion: target.version.version, ...(await answer(result, tail)) };
  },
});

async function answer(result: InvocationResult, tail: boolean) {
  const { payload, functionError } = await answerOf(result);
  return {
    Payload: payload,
    FunctionError: functionError,
    LogResult: tail && result.kind === 'payload' ? Buffer.from(await result.log()).toString('base64') : undefined,
  };
}
