import { AwsError } from '../../../core/aws-error.js';
import { InputReader } from '../../../core/input-reader.js';
import type { Call } from '../../../core/operation.js';
import { type EventInvokeConfig, eventInvokeConfiguration, readEventInvokeConfig } from '../event-invoke-config.js';
import { type FunctionReference, functionArn, parseFunctionName } from '../function-name.js';
import type { FunctionRecord } from '../function-record.js';
import { functionAccess, type LambdaState, lambdaOperation } from '../service-state.js';
import { resolveVersion } from '../versions.js';
import { readReference } from './get-function.js';

const PATH = '/2019-09-25/functions/{FunctionName}/event-invoke-config';
const query = { Qualifier: 'Qualifier' };

type Input = ReturnType<typeof readReference> & { readonly config: Omit<EventInvokeConfig, 'modified'> };

function readConfig(raw: unknown): Input {
  const input = new InputReader(raw);
  const parsed = { ...readReference(raw), config: readEventInvokeConfig(input) };
  input.check();
  return parsed;
}

/** The function as such is its `$LATEST`. */
const qualifierOf = ({ qualifier }: FunctionReference): string => qualifier ?? '$LATEST';

function configOf(record: FunctionRecord, reference: FunctionReference): EventInvokeConfig {
  const qualifier = qualifierOf(reference);
  const config = record.eventInvokeConfigs?.[qualifier];
  if (config) return config;
  throw new AwsError(
    'ResourceNotFoundException',
    `The function ${functionArn({ ...reference, qualifier })} doesn't have an EventInvokeConfig`,
    404,
    { Type: 'User' },
  );
}

/** @param change makes the configuration of what was there before, if anything was */
async function put(
  { functionName, qualifier }: Input,
  call: Call,
  { context, functions }: LambdaState,
  change: (record: FunctionRecord, reference: FunctionReference) => Omit<EventInvokeConfig, 'modified'>,
) {
  const reference = parseFunctionName(functionName, qualifier, call);
  const name = qualifierOf(reference);
  const record = await functions.change(reference, (before) => {
    resolveVersion(before, reference);
    const config = { ...change(before, reference), modified: context.now() };
    return { ...before, eventInvokeConfigs: { ...before.eventInvokeConfigs, [name]: config } };
  });
  return eventInvokeConfiguration(reference, name, configOf(record, reference));
}

export const putFunctionEventInvokeConfig = lambdaOperation({
  name: 'PutFunctionEventInvokeConfig',
  http: { method: 'PUT', path: PATH, query },
  parse: readConfig,
  access: (row) => [functionAccess(row, 'PutFunctionEventInvokeConfig')],
  handle: (input, call, state) => put(input, call, state, () => input.config),
});

export const updateFunctionEventInvokeConfig = lambdaOperation({
  name: 'UpdateFunctionEventInvokeConfig',
  http: { method: 'POST', path: PATH, query },
  parse: readConfig,
  access: (row) => [functionAccess(row, 'UpdateFunctionEventInvokeConfig')],
  handle: (input, call, state) =>
    put(input, call, state, (before, reference) => ({ ...configOf(before, reference), ...input.config })),
});

export const getFunctionEventInvokeConfig = lambdaOperation({
  name: 'GetFunctionEventInvokeConfig',
  http: { method: 'GET', path: PATH, query },
  parse: readReference,
  access: (row) => [functionAccess(row, 'GetFunctionEventInvokeConfig')],
  handle: async ({ functionName, qualifier }, call, { functions }) => {
    const reference = parseFunctionName(functionName, qualifier, call);
    const config = configOf(await functions.get(reference), reference);
    return eventInvokeConfiguration(reference, qualifierOf(reference), config);
  },
});

export const deleteFunctionEventInvokeConfig = lambdaOperation({
  name: 'DeleteFunctionEventInvokeConfig',
  http: { method: 'DELETE', path: PATH, query, status: 204 },
  parse: readReference,
  access: (row) => [functionAccess(row, 'DeleteFunctionEventInvokeConfig')],
  handle: async ({ functionName, qualifier }, call, { functions }) => {
    const reference = parseFunctionName(functionName, qualifier, call);
    await functions.change(reference, (record) => {
      configOf(record, reference);
      const { [qualifierOf(reference)]: _, ...others } = record.eventInvokeConfigs ?? {};
      return { ...record, eventInvokeConfigs: others };
    });
  },
});

export const listFunctionEventInvokeConfigs = lambdaOperation({
  name: 'ListFunctionEventInvokeConfigs',
  http: { method: 'GET', path: `${PATH}/list`, query: { MaxItems: 'MaxItems', Marker: 'Marker' } },
  parse: readReference,
  access: (row) => [functionAccess(row, 'ListFunctionEventInvokeConfigs')],
  handle: async ({ functionName }, call, { functions }) => {
    const reference = parseFunctionName(functionName, undefined, call);
    const { eventInvokeConfigs = {} } = await functions.get(reference);
    return {
      FunctionEventInvokeConfigs: Object.entries(eventInvokeConfigs).map(([qualifier, config]) =>
        eventInvokeConfiguration(reference, qualifier, config),
      ),
    };
  },
});
