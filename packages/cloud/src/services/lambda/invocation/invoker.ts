import type { CloudContext } from '../../../core/cloud.js';
import type { Invocation, InvocationResult } from '../../../runtime/invocation.js';
import { type FunctionReference, functionArn } from '../functions/function-name.js';
import type { FunctionRecord, FunctionVersion } from '../functions/function-record.js';
import type { FunctionStore } from '../functions/function-store.js';
import { resolveVersion } from '../functions/versions.js';
import type { Executor } from './executor.js';

/** The function that is about to be invoked. */
export interface InvocationTarget {
  readonly reference: FunctionReference;
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
}

/** The parts of the service that invoke functions. */
export interface Invoker {
  readonly context: CloudContext;
  readonly functions: FunctionStore;
  readonly executor: Executor;
}

/** Throws ResourceNotFoundException, which names `$LATEST` where no qualifier was given, as AWS does. */
export async function invocationOf(
  state: Pick<Invoker, 'functions'>,
  reference: FunctionReference,
): Promise<InvocationTarget> {
  const record = await state.functions.get({ ...reference, qualifier: reference.qualifier ?? '$LATEST' });
  return { reference, record, version: resolveVersion(record, reference, { draw: Math.random() }) };
}

/**
 * Throws TooManyRequestsException, and what keeps an environment from being made. A failing function is a result.
 * @param trace the trace of X-Ray to which the caller's request belongs
 */
export function invokeFunction(
  { executor, functions }: Invoker,
  { reference, record, version }: InvocationTarget,
  request: Pick<Invocation, 'requestId' | 'payload' | 'clientContext'>,
  trace?: string,
): Promise<InvocationResult> {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const id = request.requestId.replaceAll('-', '').padEnd(32, '0');
  const invocation: Invocation = {
    ...request,
    invokedArn: functionArn(reference),
    traceId:
      trace !== undefined && /^[\x21-\x7e]{1,512}$/.test(trace)
        ? trace
        : `Root=1-${seconds}-${id.slice(0, 24)};Parent=${id.slice(16, 32)};Sampled=0`,
  };
  return executor.invoke(reference, record, version, invocation, () => functions.reservedConcurrency(reference));
}
