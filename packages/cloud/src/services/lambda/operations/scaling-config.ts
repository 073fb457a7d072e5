import { functionArn } from '../functions/function-name.js';
import { resolveVersion } from '../functions/versions.js';
import { functionAccess, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

const ENVIRONMENTS = { min: 0, max: 15_000 };

/** Stored without effect: as many environments run as are called for. */
export const putFunctionScalingConfig = lambdaOperation({
  name: 'PutFunctionScalingConfig',
  limits: {
    FunctionScalingConfig: {
      members: { MinExecutionEnvironments: ENVIRONMENTS, MaxExecutionEnvironments: ENVIRONMENTS },
    },
  },
  parse: (input, scope) => ({ ...parseQualified(input, scope), scaling: input.FunctionScalingConfig }),
  access: (row) => [functionAccess(row, 'PutFunctionScalingConfig')],
  handle: async ({ reference, scaling }, _call, { functions }) => {
    const { qualifier = '$LATEST' } = reference;
    await functions.change(reference, (record) => {
      resolveVersion(record, reference);
      const { [qualifier]: _, ...others } = record.scaling ?? {};
      return { ...record, scaling: scaling ? { ...others, [qualifier]: scaling } : others };
    });
    return { FunctionState: 'Active' as const };
  },
});

export const getFunctionScalingConfig = lambdaOperation({
  name: 'GetFunctionScalingConfig',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetFunctionScalingConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    const record = await functions.get(reference);
    resolveVersion(record, reference);
    const scaling = record.scaling?.[reference.qualifier ?? '$LATEST'];
    return {
      FunctionArn: functionArn(reference),
      AppliedFunctionScalingConfig: scaling,
      RequestedFunctionScalingConfig: scaling,
    };
  },
});
