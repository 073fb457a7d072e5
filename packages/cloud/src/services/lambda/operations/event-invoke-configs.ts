import type { Scope } from '../../../core/operation.js';
import { pageOf } from '../../../kit/page.js';
import type { Input } from '../../../model/client-types.js';
import { isDestination } from '../asynchronous/destination.js';
import {
  CONFIG_LIMITS,
  eventInvokeConfiguration,
  parseEventInvokeConfig,
} from '../asynchronous/event-invoke-config.js';
import {
  type FunctionReference,
  functionArn,
  parseFunctionName,
  parseReachableName,
} from '../functions/function-name.js';
import type { EventInvokeConfig, FunctionRecord } from '../functions/function-record.js';
import { resolveVersion } from '../functions/versions.js';
import { invalidMarker, invalidParameter, notFound } from '../lambda-error.js';
import { functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';
import { parseQualified } from './get-function.js';

type Settings = Omit<EventInvokeConfig, 'modified'>;

const parseConfig = (input: Input<'lambda', 'PutFunctionEventInvokeConfig'>, scope: Scope) => ({
  ...parseQualified(input, scope),
  settings: parseEventInvokeConfig(input),
});

/** The function as such is its `$LATEST`. */
const qualifierOf = ({ qualifier }: FunctionReference): string => qualifier ?? '$LATEST';

function configOf(record: FunctionRecord | undefined, reference: FunctionReference): EventInvokeConfig {
  const qualifier = qualifierOf(reference);
  const config = record?.eventInvokeConfigs?.[qualifier];
  if (config) return config;
  throw notFound(`The function ${functionArn({ ...reference, qualifier })} doesn't have an EventInvokeConfig`);
}

const noFunction = () => notFound("The function doesn't exist.");

/** Throws where an event would go to a function that is not there, or back to its own. */
async function checkFunctions(
  { name, ...scope }: FunctionReference,
  { onSuccess, onFailure }: Settings,
  { functions }: LambdaState,
): Promise<void> {
  for (const arn of [onSuccess, onFailure]) {
    if (arn === undefined || !isDestination(arn, ['lambda'])) continue;
    const destination = parseFunctionName(arn, undefined, scope);
    if (
      functionArn({ ...destination, qualifier: undefined }) === functionArn({ ...scope, name, qualifier: undefined })
    ) {
      throw invalidParameter("You can't specify the function as a destination for itself.");
    }
    if ((await functions.find(destination)) === undefined) {
      throw invalidParameter(`The destination ARN ${arn} is invalid.`);
    }
  }
}

async function put(
  reference: FunctionReference,
  { context, functions }: LambdaState,
  settingsOf: (before: FunctionRecord) => Settings,
) {
  const name = qualifierOf(reference);
  if ((await functions.find(reference)) === undefined) throw noFunction();
  const record = await functions.change(reference, (before) => {
    resolveVersion(before, reference, { missing: noFunction });
    const config = { ...settingsOf(before), modified: context.now() };
    return { ...before, eventInvokeConfigs: { ...before.eventInvokeConfigs, [name]: config } };
  });
  return eventInvokeConfiguration(reference, name, configOf(record, reference));
}

export const putFunctionEventInvokeConfig = lambdaOperation({
  name: 'PutFunctionEventInvokeConfig',
  limits: CONFIG_LIMITS,
  parse: parseConfig,
  access: (row) => [functionAccess(row, 'PutFunctionEventInvokeConfig')],
  handle: async ({ reference, settings }, _call, state) => {
    await checkFunctions(reference, settings, state);
    return put(reference, state, () => settings);
  },
});

export const updateFunctionEventInvokeConfig = lambdaOperation({
  name: 'UpdateFunctionEventInvokeConfig',
  limits: CONFIG_LIMITS,
  parse: parseConfig,
  access: (row) => [functionAccess(row, 'UpdateFunctionEventInvokeConfig')],
  handle: async ({ reference, settings }, _call, state) => {
    await checkFunctions(reference, settings, state);
    return put(reference, state, (before) => ({ ...configOf(before, reference), ...settings }));
  },
});

export const getFunctionEventInvokeConfig = lambdaOperation({
  name: 'GetFunctionEventInvokeConfig',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'GetFunctionEventInvokeConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    const config = configOf(await functions.find(reference), reference);
    return eventInvokeConfiguration(reference, qualifierOf(reference), config);
  },
});

export const deleteFunctionEventInvokeConfig = lambdaOperation({
  name: 'DeleteFunctionEventInvokeConfig',
  parse: parseQualified,
  access: (row) => [functionAccess(row, 'DeleteFunctionEventInvokeConfig')],
  handle: async ({ reference }, _call, { functions }) => {
    configOf(await functions.find(reference), reference);
    await functions.change(reference, (record) => {
      const { [qualifierOf(reference)]: _, ...others } = record.eventInvokeConfigs ?? {};
      return { ...record, eventInvokeConfigs: others };
    });
  },
});

const LARGEST_PAGE = 50;

export const listFunctionEventInvokeConfigs = lambdaOperation({
  name: 'ListFunctionEventInvokeConfigs',
  limits: { MaxItems: { min: 1, max: LARGEST_PAGE } },
  parse: ({ FunctionName, ...list }, scope) => ({
    reference: parseReachableName(FunctionName, undefined, scope),
    ...list,
  }),
  access: (row) => [functionAccess(row, 'ListFunctionEventInvokeConfigs')],
  handle: async ({ reference, Marker, MaxItems = LARGEST_PAGE }, _call, { functions }) => {
    const record = await functions.find(reference);
    if (record === undefined) throw noFunction();
    const { eventInvokeConfigs = {} } = record;
    const { items, next } = pageOf(
      Object.entries(eventInvokeConfigs).sort(([a], [b]) => (a < b ? -1 : 1)),
      {
        keyOf: ([qualifier]) => qualifier,
        limit: MaxItems,
        token: Marker,
        of: ['ListFunctionEventInvokeConfigs', functionArn(reference)],
        refuse: invalidMarker,
      },
    );
    return {
      FunctionEventInvokeConfigs: items.map(([qualifier, config]) =>
        eventInvokeConfiguration(reference, qualifier, config),
      ),
      NextMarker: next,
    };
  },
});
