import { InputReader } from '../../../core/input-reader.js';
import { ACCOUNT_CONCURRENCY, UNRESERVED_MINIMUM } from '../concurrency.js';
import { parseUnqualifiedName } from '../function-name.js';
import { invalidParameter } from '../invalid-parameter.js';
import { anyAccess, functionAccess, lambdaOperation } from '../service-state.js';
import { readReference } from './get-function.js';

export const putFunctionConcurrency = lambdaOperation({
  name: 'PutFunctionConcurrency',
  http: { method: 'PUT', path: '/2017-10-31/functions/{FunctionName}/concurrency' },
  parse: (raw) => {
    const input = new InputReader(raw);
    const functionName = input.requiredText('FunctionName');
    const reserved = input.integer('ReservedConcurrentExecutions', { min: 0, max: Number.MAX_SAFE_INTEGER });
    if (reserved === undefined) input.missing('ReservedConcurrentExecutions');
    input.check();
    return { functionName, reserved: reserved ?? 0 };
  },
  access: (row) => [functionAccess(row, 'PutFunctionConcurrency')],
  handle: async ({ functionName, reserved }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    await functions.change(reference, (record) => {
      const others = functions.reservedConcurrency(reference) - (record.reservedConcurrency ?? 0);
      if (others + reserved > ACCOUNT_CONCURRENCY - UNRESERVED_MINIMUM) {
        throw invalidParameter(
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
  http: { method: 'GET', path: '/2019-09-30/functions/{FunctionName}/concurrency' },
  parse: readReference,
  access: (row) => [functionAccess(row, 'GetFunctionConcurrency')],
  handle: async ({ functionName }, call, { functions }) => {
    const { reservedConcurrency } = await functions.get(parseUnqualifiedName(functionName, call));
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  },
});

export const deleteFunctionConcurrency = lambdaOperation({
  name: 'DeleteFunctionConcurrency',
  http: { method: 'DELETE', path: '/2017-10-31/functions/{FunctionName}/concurrency', status: 204 },
  parse: readReference,
  access: (row) => [functionAccess(row, 'DeleteFunctionConcurrency')],
  handle: async ({ functionName }, call, { functions }) => {
    const reference = parseUnqualifiedName(functionName, call);
    await functions.change(reference, ({ reservedConcurrency: _, ...record }) => record);
  },
});

export const getAccountSettings = lambdaOperation({
  name: 'GetAccountSettings',
  http: { method: 'GET', path: '/2016-08-19/account-settings' },
  parse: () => ({}),
  access: (row) => [anyAccess(row, 'GetAccountSettings')],
  handle: async (_input, call, { functions }) => {
    const all = await functions.list(call);
    const versions = all.flatMap(({ latest, versions }) => [latest, ...versions]);
    return {
      AccountLimit: {
        TotalCodeSize: 80_530_636_800,
        CodeSizeUnzipped: 262_144_000,
        CodeSizeZipped: 52_428_800,
        ConcurrentExecutions: ACCOUNT_CONCURRENCY,
        UnreservedConcurrentExecutions: ACCOUNT_CONCURRENCY - functions.reservedConcurrency(call),
      },
      AccountUsage: {
        TotalCodeSize: versions.reduce((sum, { codeSize }) => sum + codeSize, 0),
        FunctionCount: all.length,
      },
    };
  },
});
