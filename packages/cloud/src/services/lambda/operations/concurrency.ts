import { parseUnqualifiedName } from '../functions/function-name.js';
import { limitExceeded, provisionedSum } from '../functions/provisioned-concurrency.js';
import { ACCOUNT_CONCURRENCY, UNRESERVED_MINIMUM } from '../invocation/concurrency.js';
import { anyAccess, functionAccess, lambdaOperation } from '../service-state.js';
import { parseFunction } from './get-function.js';

export const putFunctionConcurrency = lambdaOperation({
  name: 'PutFunctionConcurrency',
  limits: { ReservedConcurrentExecutions: { min: 0 } },
  parse: ({ FunctionName, ReservedConcurrentExecutions: reserved }, scope) => ({
    reference: parseUnqualifiedName(FunctionName, scope),
    reserved,
  }),
  access: (row) => [functionAccess(row, 'PutFunctionConcurrency')],
  handle: async ({ reference, reserved }, _call, { functions }) => {
    await functions.change(reference, (record) => {
      const provisioned = provisionedSum(record);
      if (reserved < provisioned) {
        throw limitExceeded(
          ` ReservedConcurrentExecutions  ${reserved} should not be lower than function's total provisioned concurrency [${provisioned}].`,
        );
      }
      const others = functions.reservedConcurrency(reference) - (record.reservedConcurrency ?? 0);
      if (others + reserved > ACCOUNT_CONCURRENCY - UNRESERVED_MINIMUM) {
        throw limitExceeded(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MINIMUM}].`,
        );
      }
      return { ...record, reservedConcurrency: reserved };
    });
    return { ReservedConcurrentExecutions: reserved };
  },
});

export const getFunctionConcurrency = lambdaOperation({
  name: 'GetFunctionConcurrency',
  parse: parseFunction,
  access: (row) => [functionAccess(row, 'GetFunctionConcurrency')],
  handle: async ({ reference }, _call, { functions }) => ({
    ReservedConcurrentExecutions: (await functions.get(reference)).reservedConcurrency,
  }),
});

export const deleteFunctionConcurrency = lambdaOperation({
  name: 'DeleteFunctionConcurrency',
  parse: parseFunction,
  access: (row) => [functionAccess(row, 'DeleteFunctionConcurrency')],
  handle: async ({ reference }, _call, { functions }) => {
    await functions.change(reference, ({ reservedConcurrency: _, ...record }) => record);
  },
});

export const getAccountSettings = lambdaOperation({
  name: 'GetAccountSettings',
  access: (row) => [anyAccess(row, 'GetAccountSettings')],
  handle: async (_input, call, { functions, layers }) => {
    const all = await functions.list(call);
    const versions = all.flatMap(({ latest, versions }) => [latest, ...versions]);
    const packages = [...versions, ...(await layers.list(call))];
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - functions.reservedConcurrency(call),
      },
      AccountUsage: {
        TotalCodeSize: packages.reduce((sum, { codeSize }) => sum + codeSize, 0),
        FunctionCount: all.length,
      },
    };
  },
});
