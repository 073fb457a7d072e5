import type { RowMaker } from '../../core/access.js';
import { AwsError } from '../../core/aws-error.js';
import { InputReader } from '../../core/input-reader.js';
import { parseJson } from '../../core/json.js';
import type { Call } from '../../core/operation.js';
import type { Invocation, InvocationResult } from '../../runtime/invocation.js';
import { type FunctionReference, functionArn, parseFunctionName } from './function-name.js';
import type { FunctionRecord, FunctionVersion } from './function-record.js';
import { policyOf } from './resource-policy.js';
import { type FunctionTarget, functionTags, type LambdaState } from './service-state.js';
import { resolveVersion } from './versions.js';

/** Bytes */
const LONGEST_REQUEST = 6_291_456;
const LONGEST_EVENT = 1_048_576;
const EMPTY_EVENT = Buffer.from('{}');

/** The input of the operations that invoke a function. */
export interface InvocationRequest {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly type: string;
  /** Whether the caller wants the end of the log with the answer. */
  readonly tail: boolean;
  /** JSON */
  readonly clientContext?: string;
  readonly payload: Uint8Array;
}

export function readInvocation(raw: unknown, types: readonly string[]): InvocationRequest {
  const input = new InputReader(raw);
  const clientContext = input.text('ClientContext');
  const payload: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, 'Payload') : undefined;
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
  const request = {
    functionName: input.requiredText('FunctionName'),
    qualifier: input.text('Qualifier'),
    type: input.text('InvocationType', { oneOf: types }) ?? 'RequestResponse',
    tail: input.text('LogType', { oneOf: ['None', 'Tail'] }) === 'Tail',
    ...(clientContext !== undefined && { clientContext: Buffer.from(clientContext, 'base64').toString() }),
    payload: bytes instanceof Uint8Array && bytes.length > 0 ? bytes : EMPTY_EVENT,
  };
  input.check();
  return request;
}

/** Invoking, by the caller's policies or the function's own. */
export const invokeAccess = (row: RowMaker<LambdaState, InvocationRequest>) => [
  row<FunctionTarget>({
    action: 'lambda:InvokeFunction',
    type: 'function',
    on: ({ functionName, qualifier }, call, state) => {
      const reference = parseFunctionName(functionName, qualifier, call);
      return { resource: functionArn(reference), resourcePolicy: () => policyOf(state, reference), reference };
    },
    keys: { ...functionTags, 'lambda:InvokedViaFunctionUrl': () => 'false' },
  }),
];

/** Throws where the payload is too large or, from a client, no JSON. */
export function checkRequest({ type, payload }: InvocationRequest, call: Call): void {
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
  if (call.principal.kind === 'service') return;
  try {
    parseJson(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${reason}`, 400, {
      Type: 'User',
    });
  }
}

/** What is about to be invoked. */
export interface InvocationTarget {
  readonly reference: FunctionReference;
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
}

/** What it takes to invoke functions. */
export type Invoker = Pick<LambdaState, 'context' | 'functions' | 'executor'>;

/** Throws ResourceNotFoundException. */
export async function invocationOf(
  state: Pick<Invoker, 'functions'>,
  reference: FunctionReference,
): Promise<InvocationTarget> {
  const record = await state.functions.get(reference);
  return { reference, record, version: resolveVersion(record, reference) };
}

/** Throws TooManyRequestsException, and what keeps an environment from being made. A failing function is a result. */
export function invokeFunction(
  { executor, functions }: Invoker,
  { reference, record, version }: InvocationTarget,
  request: Pick<Invocation, 'requestId' | 'payload' | 'clientContext'>,
): Promise<InvocationResult> {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const id = request.requestId.replaceAll('-', '').padEnd(32, '0');
  const invocation: Invocation = {
    ...request,
    invokedArn: functionArn(reference),
    traceId: `Root=1-${seconds}-${id.slice(0, 24)};Parent=${id.slice(16, 32)};Sampled=0`,
  };
  return executor.invoke(reference, record, version, invocation, () => functions.reservedConcurrency(reference));
}
