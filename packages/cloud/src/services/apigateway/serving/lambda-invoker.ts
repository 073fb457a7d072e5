import type { CloudContext } from '../../../core/cloud.js';
import { defined } from '../../../core/defined.js';
import { isObject } from '../../../core/json.js';
import type { Scope } from '../../../core/operation.js';
import type { Output } from '../../../model/client-types.js';
import { StreamError } from '../../../runtime/invocation.js';
import { type Invocation, type Invoker, payloadValue } from '../../execute-api/index.js';
import { integrationCallers } from './integration-caller.js';

const FUNCTION_URI =
  /:lambda:path\/(?:2015-03-31|2021-11-15)\/functions\/(arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:.+)\/(response-streaming-)?invocations$/;

/** HTTP APIs also take the function's ARN as it is. */
const FUNCTION_ARN = /^(arn:aws[a-z-]*:lambda:([a-z0-9-]+):(\d{12}):function:.+)$/;

/**
 * Invokes Lambda functions as API Gateway does: as a service, for the method that was called, so that the function's
 * own policy decides; or under the integration's role.
 */
export function lambdaInvoker(context: CloudContext, scope: Scope): Invoker {
  const { dispatch } = context;
  const callers = integrationCallers(context, scope);
  const targets = new Map<string, InvocationTarget>();
  return {
    invoke: async (uri, event, signal, sourceArn, credentials): Promise<Invocation> => {
      let target = targets.get(uri);
      if (target === undefined) {
        target = targetOf(uri);
        targets.set(uri, target);
      }
      const { arn, account, region, streams } = target;
      const input = { FunctionName: arn, Payload: Buffer.from(JSON.stringify(event)) };
      const call = { ...(await callers.callOf({ account, region }, sourceArn, credentials)), signal };
      const { requestId } = call;
      if (streams) {
        const { EventStream } = await dispatch('lambda', 'InvokeWithResponseStream', input, call);
        return streamedInvocation(EventStream, requestId);
      }
      const { Payload: payload, FunctionError: functionError } = await dispatch('lambda', 'Invoke', input, call);
      if (!functionError) return { payload, requestId };
      const errorMessage = errorMessageOf(payload);
      return { functionError, requestId, ...defined({ errorMessage }) };
    },
  };
}

type StreamEvents = NonNullable<Output<'lambda', 'InvokeWithResponseStream'>['EventStream']>;

/** A function that failed before it wrote anything has no response to hand on. */
async function streamedInvocation(events: StreamEvents | undefined, requestId: string): Promise<Invocation> {
  const chunks = chunksOf(events);
  try {
    const first = await chunks.next();
    return { stream: first.done ? chunks : startingWith(first.value, chunks), requestId };
  } catch (error) {
    if (!(error instanceof StreamError)) throw error;
    const errorMessage = errorMessageOf(Buffer.from(error.details));
    return { functionError: 'Unhandled', requestId, ...defined({ errorMessage }) };
  }
}

async function* chunksOf(events: StreamEvents | undefined): AsyncGenerator<Uint8Array, void> {
  for await (const { PayloadChunk, InvokeComplete } of events ?? []) {
    if (PayloadChunk?.Payload) yield PayloadChunk.Payload;
    if (InvokeComplete?.ErrorCode) throw new StreamError(InvokeComplete.ErrorCode, InvokeComplete.ErrorDetails ?? '');
  }
}

async function* startingWith(first: Uint8Array, rest: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

interface InvocationTarget extends Scope {
  readonly arn: string;
  /** True if the response is passed on as it arrives. */
  readonly streams: boolean;
}

function targetOf(uri: string): InvocationTarget {
  const [, arn, region, account, streaming] = FUNCTION_URI.exec(uri) ?? FUNCTION_ARN.exec(uri) ?? [];
  if (arn === undefined || region === undefined || account === undefined)
    throw new Error(`${uri} is not the URI of a Lambda function`);
  return { arn, account, region, streams: streaming !== undefined };
}

function errorMessageOf(payload: unknown): string | undefined {
  try {
    const value = payloadValue(payload);
    return isObject(value) && typeof value.errorMessage === 'string' ? value.errorMessage : undefined;
  } catch {
    return undefined;
  }
}
