import type { CloudContext } from '../../core/cloud.js';
import { type Access, type Call, operation } from '../../core/operation.js';
import type { AsynchronousEvents } from './asynchronous-events.js';
import type { EventSources } from './event-sources/event-sources.js';
import type { Executor } from './executor.js';
import { type FunctionReference, functionArn } from './function-name.js';
import type { FunctionStore } from './function-store.js';
import type { LayerStore } from './layer-store.js';

/** What the operations of Lambda share. */
export interface LambdaState {
  readonly context: CloudContext;
  readonly functions: FunctionStore;
  readonly layers: LayerStore;
  readonly executor: Executor;
  readonly events: AsynchronousEvents;
  readonly sources: EventSources;
}

/** An operation of Lambda. */
export const lambdaOperation = operation<LambdaState>();

/** For operations on one function. */
export function functionAccess(action: string) {
  return ({ reference }: { readonly reference: FunctionReference }): readonly Access[] => [
    { action: `lambda:${action}`, resource: functionArn(reference) },
  ];
}

/** Leave to hand a role to Lambda. */
export function passRole(role: string): Access {
  return { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } };
}

/** Permission to give a function layers. Those of other accounts are refused by name later, whatever IAM says. */
export function layersAccess(arns: readonly string[] = [], { account }: Call): readonly Access[] {
  return arns
    .filter((arn) => arn.split(':')[4] === account)
    .map((resource) => ({ action: 'lambda:GetLayerVersion', resource }));
}

/** The scope that a reference names, which an ARN may place elsewhere than the call. */
export function callAt(call: Call, { account, region }: FunctionReference): Call {
  return account === call.account && region === call.region ? call : { ...call, account, region };
}
