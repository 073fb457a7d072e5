import { parseUnqualifiedName } from '../functions/function-name.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { parseFunction } from './get-function.js';

/** Stored without effect: nothing here ends a loop of calls. */
export const putFunctionRecursionConfig = lambdaOperation({
  name: 'PutFunctionRecursionConfig',
  limits: { RecursiveLoop: { values: ['Terminate', 'Allow'] } },
  parse: ({ FunctionName, RecursiveLoop }, scope) => ({
    reference: parseUnqualifiedName(FunctionName, scope),
    recursiveLoop: RecursiveLoop,
  }),
  access: (row) => [functionAccess(row, 'PutFunctionRecursionConfig')],
  handle: async ({ reference, recursiveLoop }, _call, { functions }) => {
    await functions.change(reference, (record) => ({ ...record, recursiveLoop }));
    return { RecursiveLoop: recursiveLoop };
  },
});

export const getFunctionRecursionConfig = lambdaOperation({
  name: 'GetFunctionRecursionConfig',
  parse: parseFunction,
  access: (row) => [functionAccess(row, 'GetFunctionRecursionConfig')],
  handle: async ({ reference }, _call, { functions }) => ({
    RecursiveLoop: (await functions.get(reference)).recursiveLoop ?? 'Terminate',
  }),
});
