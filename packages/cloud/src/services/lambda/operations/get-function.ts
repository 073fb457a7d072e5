import { InputReader } from '../../../core/input-reader.js';
import type { Call } from '../../../core/operation.js';
import { parseFunctionName } from '../function-name.js';
import { functionConfiguration } from '../function-record.js';
import { functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';
import { resolveVersion } from '../versions.js';

/** An input that names one function, perhaps with a qualifier. */
export function readReference(raw: unknown) {
  const input = new InputReader(raw);
  const parsed = { functionName: input.requiredText('FunctionName'), qualifier: input.text('Qualifier') };
  input.check();
  return parsed;
}

type Reference = ReturnType<typeof readReference>;

async function configurationOf({ functionName, qualifier }: Reference, call: Call, { functions }: LambdaState) {
  const reference = parseFunctionName(functionName, qualifier, call);
  const record = await functions.get(reference);
  return {
    record,
    configuration: functionConfiguration(record, resolveVersion(record, reference), reference, reference.qualifier),
  };
}

export const getFunction = lambdaOperation({
  name: 'GetFunction',
  http: { method: 'GET', path: '/2015-03-31/functions/{FunctionName}', query: { Qualifier: 'Qualifier' } },
  parse: readReference,
  access: (row) => [functionAccess(row, 'GetFunction')],
  handle: async (input, call, state) => {
    const { record, configuration } = await configurationOf(input, call, state);
    const { reservedConcurrency, tags } = record;
    return {
      Configuration: configuration,
      // AWS also gives an address to load the code from; the local cloud has none.
      Code: { RepositoryType: 'S3' },
      ...(Object.keys(tags).length > 0 && { Tags: tags }),
      ...(reservedConcurrency !== undefined && {
        Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
      }),
    };
  },
});

export const getFunctionConfiguration = lambdaOperation({
  name: 'GetFunctionConfiguration',
  http: {
    method: 'GET',
    path: '/2015-03-31/functions/{FunctionName}/configuration',
    query: { Qualifier: 'Qualifier' },
  },
  parse: readReference,
  access: (row) => [functionAccess(row, 'GetFunctionConfiguration')],
  handle: async (input, call, state) => (await configurationOf(input, call, state)).configuration,
});
