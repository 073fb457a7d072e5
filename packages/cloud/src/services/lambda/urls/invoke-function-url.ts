import type { Operation } from '../../../core/operation.js';
import type { InvocationResult } from '../../../runtime/invocation.js';
import { functionArn } from '../functions/function-name.js';
import { invocationOf, invokeFunction } from '../invocation/invoker.js';
import { policyOf } from '../policies/function-policy.js';
import { type FunctionTarget, functionTags, type LambdaState } from '../service-state.js';
import { type FunctionUrl, urlReference } from './function-url.js';

/** The operation by which a request to a function URL reaches its function; no client can call it. */
export const INVOKE_FUNCTION_URL = 'InvokeFunctionUrl';

/** A request that has been made an event. */
export interface UrlInvocation {
  readonly url: FunctionUrl;
  readonly payload: Uint8Array;
}

function targetOf({ url }: UrlInvocation, { functions }: LambdaState): FunctionTarget {
  const reference = urlReference(url);
  return { resource: functionArn(reference), resourcePolicy: () => policyOf(functions, reference), reference };
}

/**
 * Invokes the function of a URL. Both permissions are wanted ("Control access to Lambda function URLs": new URLs since
 * October 2025). It has no HTTP form, so it can only be called in process.
 */
export const invokeFunctionUrl: Operation<LambdaState, UrlInvocation, InvocationResult> = {
  name: INVOKE_FUNCTION_URL,
  parse: (raw) => raw as UrlInvocation,
  access: (row) => [
    row<FunctionTarget>({
      action: 'lambda:InvokeFunctionUrl',
      type: 'function',
      on: (input, _call, state) => targetOf(input, state),
      keys: {
        ...functionTags,
        'lambda:FunctionArn': ({ target }) => target.resource,
        'lambda:FunctionUrlAuthType': ({ input }) => input.url.authType,
      },
    }),
    row<FunctionTarget>({
      action: 'lambda:InvokeFunction',
      type: 'function',
      on: (input, _call, state) => targetOf(input, state),
      keys: { ...functionTags, 'lambda:InvokedViaFunctionUrl': () => 'true' },
    }),
  ],
  handle: async ({ url, payload }, { requestId }, state) => {
    const target = await invocationOf(state, urlReference(url));
    return invokeFunction(state, target, { requestId, payload });
  },
};
