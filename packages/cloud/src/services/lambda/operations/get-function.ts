import type { Scope } from '../../../core/operation.js';
import { type FunctionReference, parseReachableName, parseUnqualifiedName } from '../functions/function-name.js';
import { codeHash, type FunctionVersion, functionConfiguration } from '../functions/function-record.js';
import type { FunctionStore } from '../functions/function-store.js';
import { resolveVersion } from '../functions/versions.js';
import { functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';

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

/** Where the code of a version is. */
function codeOf(version: FunctionVersion, { account, region }: Scope, { locations }: LambdaState) {
  const { imageUri } = version;
  if (imageUri !== undefined) return { RepositoryType: 'ECR', ImageUri: imageUri, ResolvedImageUri: imageUri };
  const location = locations.of({ account, region, kind: 'functions', key: codeHash(version) });
  return { RepositoryType: 'S3', Location: location };
}

async function describe(reference: FunctionReference, functions: FunctionStore) {
  const record = await functions.get(reference);
  const version = resolveVersion(record, reference);
  return { record, version, configuration: functionConfiguration(record, version, reference, reference.qualifier) };
}

export const getFunction = lambdaOperation({
  name: 'GetFunction',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetFunction')],
  handle: async ({ reference }, _call, state) => {
    const { record, version, configuration } = await describe(reference, state.functions);
    const { reservedConcurrency, tags } = record;
    return {
      Configuration: configuration,
      Code: codeOf(version, reference, state),
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
