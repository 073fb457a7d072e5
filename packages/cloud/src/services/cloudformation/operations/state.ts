import type { CloudContext } from '../../../core/cloud.js';
import { operation, type Scope } from '../../../core/operation.js';
import type { Engine } from '../engine/engine.js';
import type { ResourceTypes } from '../resource-types.js';
import { StackStore } from '../stack/stack-store.js';

/** The state that the operations of CloudFormation share. */
export interface CloudFormationState {
  readonly cloud: CloudContext;
  readonly engine: Engine;
  readonly resourceTypes: ResourceTypes;
}

export const cloudFormationOperation = operation<CloudFormationState>();

export function storeOf(state: CloudFormationState, scope: Scope): StackStore {
  return new StackStore(state.cloud.store, scope);
}
