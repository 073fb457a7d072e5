import { pageOf } from '../../../kit/page.js';
import { type FunctionReference, functionArn, parseUnqualifiedName } from '../functions/function-name.js';
import type { FunctionRecord, ProvisionedConcurrency } from '../functions/function-record.js';
import {
  checkOverlap,
  limitExceeded,
  noProvisionedConcurrency,
  provisionedSum,
} from '../functions/provisioned-concurrency.js';
import { qualifiedNotFound, resolveVersion } from '../functions/versions.js';
import { ACCOUNT_CONCURRENCY, UNRESERVED_MINIMUM } from '../invocation/concurrency.js';
import { invalidMarker, invalidParameter } from '../lambda-error.js';
import {
  type FunctionTarget,
  functionAccess,
  functionTags,
  type LambdaRow,
  type LambdaState,
  lambdaOperation,
} from '../service-state.js';
import { parseQualified } from './get-function.js';

const LARGEST_PAGE = 50;

/** Throws where there is no such version or alias. */
async function qualifiedFunction(reference: FunctionReference, { functions }: LambdaState): Promise<FunctionRecord> {
  const record = await functions.find(reference);
  if (record === undefined) throw qualifiedNotFound(reference);
  resolveVersion(record, reference, { missing: qualifiedNotFound });
  return record;
}

function checkPublished({ qualifier }: FunctionReference, message: string): void {
  if (qualifier === undefined || qualifier === '$LATEST') throw invalidParameter(message);
}

const NEITHER = 'The function resource provided must be an alias or a published version.';

/** Versions have numbers, aliases have names. */
const isVersion = ({ qualifier = '' }: FunctionReference): boolean => /^\d+$/.test(qualifier);

const provisionedAccess = <Input extends { readonly reference: FunctionReference }>(
  row: LambdaRow<Input>,
  action: string,
) =>
  ['function version', 'function alias'].map((type) =>
    row<FunctionTarget>({
      action: `lambda:${action}`,
      type,
      on: ({ reference }) =>
        isVersion(reference) === (type === 'function version')
          ? { resource: functionArn(reference), reference }
          : undefined,
      keys: functionTags,
    }),
  );

function described({ requested, modified }: ProvisionedConcurrency) {
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AvailableProvisionedConcurrentExecutions: requested,
    AllocatedProvisionedConcurrentExecutions: requested,
    Status: 'READY' as const,
    LastModified: `${new Date(modified).toISOString().slice(0, 19)}+0000`,
  };
}

/** Throws where the reservation of the function, or what the account has left, is exceeded. */
function checkLimits(record: FunctionRecord, reference: FunctionReference, requested: number, reserved: number): void {
  const others = provisionedSum(record) - (record.provisioned?.[reference.qualifier ?? '']?.requested ?? 0);
  if (record.reservedConcurrency !== undefined) {
    if (others + requested <= record.reservedConcurrency) return;
    throw invalidParameter(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    );
  }
  const unreserved = ACCOUNT_CONCURRENCY - reserved;
  if (requested > unreserved) {
    throw limitExceeded(
      `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`,
    );
  }
  if (unreserved - others - requested < UNRESERVED_MINIMUM) {
    throw limitExceeded(
      `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${UNRESERVED_MINIMUM}].`,
    );
  }
}

export const putProvisionedConcurrencyConfig = lambdaOperation({
  name: 'PutProvisionedConcurrencyConfig',
  limits: { ProvisionedConcurrentExecutions: { min: 1 } },
  parse: (input, scope) => ({ ...parseQualified(input, scope), requested: input.ProvisionedConcurrentExecutions }),
  access: (row) => provisionedAccess(row, 'PutProvisionedConcurrencyConfig'),
  handle: async ({ reference, requested }, _call, state) => {
    checkPublished(reference, 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.');
    await qualifiedFunction(reference, state);
    const { context, functions } = state;
    const { qualifier = '' } = reference;
    const config: ProvisionedConcurrency = { requested, modified: context.now() };
    await functions.change(reference, (record) => {
      checkOverlap(record, reference);
      checkLimits(record, reference, requested, functions.reservedConcurrency(reference));
      return { ...record, provisioned: { ...record.provisioned, [qualifier]: config } };
    });
    // AWS takes minutes; here the environments are as ready as they ever will be once the call has answered.
    return {
      ...described(config),
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: 'IN_PROGRESS' as const,
    };
  },
});

export const getProvisionedConcurrencyConfig = lambdaOperation({
  name: 'GetProvisionedConcurrencyConfig',
  parse: parseQualified,
  access: (row) => provisionedAccess(row, 'GetProvisionedConcurrencyConfig'),
  handle: async ({ reference }, _call, state) => {
    checkPublished(reference, NEITHER);
    const { provisioned } = await qualifiedFunction(reference, state);
    const config = provisioned?.[reference.qualifier ?? ''];
    if (config === undefined) throw noProvisionedConcurrency();
    return described(config);
  },
});

export const deleteProvisionedConcurrencyConfig = lambdaOperation({
  name: 'DeleteProvisionedConcurrencyConfig',
  parse: parseQualified,
  access: (row) => provisionedAccess(row, 'DeleteProvisionedConcurrencyConfig'),
  handle: async ({ reference }, _call, state) => {
    checkPublished(reference, NEITHER);
    await qualifiedFunction(reference, state);
    const { qualifier = '' } = reference;
    // AWS answers the same if there is none.
    await state.functions.change(reference, (record) => {
      const { [qualifier]: _, ...provisioned } = record.provisioned ?? {};
      return { ...record, provisioned };
    });
  },
});

export const listProvisionedConcurrencyConfigs = lambdaOperation({
  name: 'ListProvisionedConcurrencyConfigs',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE } },
  parse: ({ FunctionName, ...list }, scope) => ({ reference: parseUnqualifiedName(FunctionName, scope), ...list }),
  access: (row) => [functionAccess(row, 'ListProvisionedConcurrencyConfigs')],
  handle: async ({ reference, Marker, MaxItems = LARGEST_PAGE }, _call, { functions }) => {
    const { provisioned = {} } = await functions.get(reference);
    const { items, next } = pageOf(
      Object.entries(provisioned).sort(([a], [b]) => (a < b ? -1 : 1)),
      {
        keyOf: ([qualifier]) => qualifier,
        limit: MaxItems,
        token: Marker,
        of: ['ListProvisionedConcurrencyConfigs', functionArn(reference)],
        refuse: invalidMarker,
      },
    );
    return {
      ProvisionedConcurrencyConfigs: items.map(([qualifier, config]) => ({
        FunctionArn: functionArn({ ...reference, qualifier }),
        ...described(config),
      })),
      NextMarker: next,
    };
  },
});
