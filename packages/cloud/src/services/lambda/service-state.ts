import { type AccessRow, anything, type ConditionKeys, type RowMaker, type Target } from '../../core/access.js';
import type { CloudContext } from '../../core/cloud.js';
import type { Call } from '../../core/operation.js';
import { passRole } from '../../iam/index.js';
import { operationsOf } from '../../model/operation.js';
import type { AsynchronousEvents } from './asynchronous/asynchronous-events.js';
import type { CodeLocations } from './code-locations/code-locations.js';
import type { CodeSigningConfigs } from './code-signing/code-signing-configs.js';
import type { EventSources } from './event-sources/event-sources.js';
import { type FunctionReference, functionArn } from './functions/function-name.js';
import type { FunctionStore } from './functions/function-store.js';
import type { Executor } from './invocation/executor.js';
import { parseLayerVersionArn } from './layers/layer-record.js';
import type { LayerStore } from './layers/layer-store.js';
import { policyOf } from './policies/function-policy.js';
import { layerPolicy } from './policies/layer-policy.js';
import type { FunctionUrls } from './urls/function-urls.js';

/** The state that the operations of Lambda share. */
export interface LambdaState {
  readonly context: CloudContext;
  readonly functions: FunctionStore;
  readonly layers: LayerStore;
  readonly executor: Executor;
  readonly events: AsynchronousEvents;
  readonly sources: EventSources;
  readonly locations: CodeLocations;
  readonly codeSigning: CodeSigningConfigs;
  readonly urls: FunctionUrls;
}

/** An operation of Lambda. */
export const lambdaOperation = operationsOf<LambdaState, 'lambda'>('lambda');

export type LambdaRow<Input> = RowMaker<LambdaState, Input>;
export type LambdaKeys<Input> = ConditionKeys<LambdaState, Input, FunctionTarget>;

export interface FunctionTarget extends Target {
  readonly reference: FunctionReference;
}

/** The tags of a function, by which its versions and aliases are known too. */
export const functionTags: LambdaKeys<unknown> = {
  'aws:ResourceTag/*': async ({ target, state }) => (await state.functions.find(target.reference))?.tags,
};

/**
 * The actions that a function's own policy may allow, also to other accounts, beside invoking and tagging ("Granting
 * Lambda function access to other accounts", AWS Lambda Developer Guide).
 */
const GRANTED_BY_FUNCTION = new Set([
  'GetFunction',
  'GetFunctionConfiguration',
  'UpdateFunctionCode',
  'DeleteFunction',
  'PublishVersion',
  'ListVersionsByFunction',
  'CreateAlias',
  'GetAlias',
  'ListAliases',
  'UpdateAlias',
  'DeleteAlias',
  'GetPolicy',
  'PutFunctionConcurrency',
  'DeleteFunctionConcurrency',
]);

/** One action on the function that the input names. */
export function functionAccess<Input extends { readonly reference: FunctionReference }>(
  row: LambdaRow<Input>,
  action: string,
  keys: LambdaKeys<NoInfer<Input>> = {},
): AccessRow<LambdaState, Input> {
  return row<FunctionTarget>({
    action: `lambda:${action}`,
    type: 'function',
    on: ({ reference }, _call, { functions }) => ({
      resource: functionArn(reference),
      ...(GRANTED_BY_FUNCTION.has(action) && { resourcePolicy: () => policyOf(functions, reference) }),
      reference,
    }),
    keys: { ...functionTags, ...keys },
  });
}

/** The permissions to pass a role to Lambda. */
export const passRoleAccess = <Input extends { readonly reference: FunctionReference }>(
  row: LambdaRow<Input>,
  roleOf: (input: Input) => string | undefined,
) =>
  passRole(row, {
    service: 'lambda.amazonaws.com',
    roleOf,
    store: (state) => state.context.store,
    associated: ({ reference }) => functionArn(reference),
  });

/** The permissions to use layers. Layers of other accounts that are not in this cloud are refused later, by their names. */
export const layersAccess = <Input>(row: LambdaRow<Input>, layersOf: (input: Input) => readonly string[] | undefined) =>
  row({
    action: 'lambda:GetLayerVersion',
    type: 'layerversion',
    on: async (input, { account }, { layers }) => {
      const targets = (layersOf(input) ?? []).map(async (resource) => {
        const layer = parseLayerVersionArn(resource);
        const isHere = layer.account === account || (await layers.find(layer)) !== undefined;
        return isHere ? [{ resource, resourcePolicy: () => layerPolicy(layers, layer) }] : [];
      });
      return (await Promise.all(targets)).flat();
    },
  });

/** For actions that have no resource. */
export const anyAccess = <Input>(row: LambdaRow<Input>, action: string) =>
  row({ action: `lambda:${action}`, on: anything });

/** The scope that a reference names, which an ARN may place elsewhere than the call. */
export function callAt(call: Call, { account, region }: FunctionReference): Call {
  return account === call.account && region === call.region ? call : { ...call, account, region };
}
