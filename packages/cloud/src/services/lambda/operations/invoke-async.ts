import { functionArn, parseUnqualifiedName } from '../functions/function-name.js';
import { policyOf } from '../policies/function-policy.js';
import { type FunctionTarget, functionTags, lambdaOperation } from '../service-state.js';
import { checkRequest } from './invoke.js';

/** The older form of an asynchronous invocation, which AWS still takes. */
export const invokeAsync = lambdaOperation({
  name: 'InvokeAsync',
  parse: ({ FunctionName, InvokeArgs }, scope) => ({
    reference: parseUnqualifiedName(FunctionName, scope),
    payload: InvokeArgs instanceof Uint8Array ? InvokeArgs : Buffer.from(String(InvokeArgs)),
  }),
  access: (row) => [
    row<FunctionTarget>({
      action: 'lambda:InvokeAsync',
      type: 'function',
      on: ({ reference }, _call, { functions }) => ({
        resource: functionArn(reference),
        resourcePolicy: () => policyOf(functions, reference),
        reference,
      }),
      keys: functionTags,
    }),
  ],
  handle: async ({ reference, payload }, call, { events, functions }) => {
    checkRequest({ type: 'Event', payload }, call);
    await functions.get(reference);
    await events.accept(reference, { requestId: call.requestId, payload });
    return { Status: 202 };
  },
});
