import { functionArn } from '../functions/function-name.js';
import { resolveVersion } from '../functions/versions.js';
import { invalidParameter } from '../lambda-error.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

/** Stored without effect: functions run on the Node.js that is here. */
export const putRuntimeManagementConfig = lambdaOperation({
  name: 'PutRuntimeManagementConfig',
  limits: {
    UpdateRuntimeOn: { values: ['Auto', 'Manual', 'FunctionUpdate'] },
    RuntimeVersionArn: { min: 26, max: 2048, pattern: /arn:(aws[a-zA-Z-]*):lambda:[a-z0-9-]+::runtime:.+/ },
  },
  parse: (input, scope) => ({
    ...parseQualified(input, scope),
    management: { updateRuntimeOn: input.UpdateRuntimeOn, runtimeVersionArn: input.RuntimeVersionArn },
  }),
  access: (row) => [functionAccess(row, 'PutRuntimeManagementConfig')],
  handle: async ({ reference, management }, _call, { functions }) => {
    if (management.updateRuntimeOn === 'Manual' && management.runtimeVersionArn === undefined) {
      throw invalidParameter('RuntimeVersionArn is required when UpdateRuntimeOn is Manual.');
    }
    const { qualifier = '$LATEST' } = reference;
    await functions.change(reference, (record) => {
      resolveVersion(record, reference);
      return { ...record, runtimeManagement: { ...record.runtimeManagement, [qualifier]: management } };
    });
    return {
      UpdateRuntimeOn: management.updateRuntimeOn,
      FunctionArn: functionArn(reference),
      RuntimeVersionArn: management.runtimeVersionArn,
    };
  },
});

export const getRuntimeManagementConfig = lambdaOperation({
  name: 'GetRuntimeManagementConfig',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetRuntimeManagementConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    const record = await functions.get(reference);
    resolveVersion(record, reference);
    const management = record.runtimeManagement?.[reference.qualifier ?? '$LATEST'];
    return {
      UpdateRuntimeOn: management?.updateRuntimeOn ?? 'Auto',
      FunctionArn: functionArn(reference),
      RuntimeVersionArn: management?.runtimeVersionArn,
    };
  },
});
