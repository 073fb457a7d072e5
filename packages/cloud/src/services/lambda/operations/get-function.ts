import type { Scope } from '../../../core/operation.js';
import { type FunctionReference, parseReachableName, parseUnqualifiedName } from '../functions/function-name.js';
import { functionConfiguration } from '../functions/function-record.js';
import type { FunctionStore } from '../functions/function-store.js';
import { resolveVersion } from '../functions/versions.js';
import { functionAccess, lambdaOperation } from '../service-state.js';

/** The function that an operation on functions alone names. */
export const parseFunction = ({ FunctionName }: { readonly FunctionName: string }, scope: Scope) => ({
  reference: parseUnqualifiedName(FunctionName, scope),
});

interface QualifiedInput {
  readonly FunctionName: string;
  readonly Qualifier?: string | undefined;
}

/** The function, version or alias that an operation names. */
export const parseQualified = ({ FunctionName, Qualifier }: QualifiedInput, scope: Scope) => ({
  reference: parseReachableName(FunctionName, Qualifier, scope),
});

async function describe(reference: FunctionReference, functions: FunctionStore) {
  const record = await functions.get(reference);
  const version = resolveVersion(record, reference);
  return { record, configuration: functionConfiguration(record, version, reference, reference.qualifier) };
}

export const getFunction = lambdaOperation({
  name: 'GetFunction',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetFunction')],
  handle: async ({ reference }, _call, { functions }) => {
    const { record, configuration } = await describe(reference, functions);
    const { reservedConcurrency, tags } = record;
    return {
      Configuration: configuration,
      // AWS also gives an address to load the code from; the local cloud has none.
      Code: { RepositoryType: 'S3' },
      Tags: Object.keys(tags).length > 0 ? tags : undefined,
      Concurrency:
        reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
    };
  },
});

export const getFunctionConfiguration = lambdaOperation({
  name: 'GetFunctionConfiguration',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetFunctionConfiguration')],
  handle: async ({ reference }, _call, { functions }) => (await describe(reference, functions)).configuration,
});
