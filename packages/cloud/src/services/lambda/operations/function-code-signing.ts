import { signingConfigurationNotFound } from '../code-signing/code-signing-error.js';
import { parseUnqualifiedName } from '../functions/function-name.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { parseFunction } from './get-function.js';

export const putFunctionCodeSigningConfig = lambdaOperation({
  name: 'PutFunctionCodeSigningConfig',
  parse: ({ FunctionName, CodeSigningConfigArn: arn }, scope) => ({
    reference: parseUnqualifiedName(FunctionName, scope),
    arn,
  }),
  access: (row) => [
    functionAccess(row, 'PutFunctionCodeSigningConfig', {
      'lambda:CodeSigningConfigArn': ({ input }) => input.arn,
    }),
  ],
  handle: async ({ reference, arn }, _call, { codeSigning, functions }) => {
    await codeSigning.get(arn, signingConfigurationNotFound);
    await functions.change(reference, (record) => ({ ...record, codeSigningConfigArn: arn }));
    return { CodeSigningConfigArn: arn, FunctionName: reference.name };
  },
});

export const getFunctionCodeSigningConfig = lambdaOperation({
  name: 'GetFunctionCodeSigningConfig',
  parse: parseFunction,
  access: (row) => [functionAccess(row, 'GetFunctionCodeSigningConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    const { codeSigningConfigArn: arn } = await functions.get(reference);
    // AWS names the function only where it has a configuration.
    return arn === undefined
      ? { CodeSigningConfigArn: undefined, FunctionName: undefined }
      : { CodeSigningConfigArn: arn, FunctionName: reference.name };
  },
});

export const deleteFunctionCodeSigningConfig = lambdaOperation({
  name: 'DeleteFunctionCodeSigningConfig',
  parse: parseFunction,
  access: (row) => [functionAccess(row, 'DeleteFunctionCodeSigningConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    await functions.change(reference, ({ codeSigningConfigArn: _, ...record }) => record);
  },
});
