import type { CloudContext } from '../../../core/cloud.js';
import type { Scope } from '../../../core/operation.js';
import { operationsOf } from '../../../model/operation.js';
import { validationError } from '../../../model/validate.js';
import type { Engine } from '../engine/engine.js';
import type { ResourceTypes } from '../resource-types.js';
import { StackStore } from '../stack/stack-store.js';

/** The state that the operations of CloudFormation share. */
export interface CloudFormationState {
  readonly cloud: CloudContext;
  readonly engine: Engine;
  readonly resourceTypes: ResourceTypes;
}

/** An operation of CloudFormation. */
export const cloudFormationOperation = operationsOf<CloudFormationState, 'cloudformation'>(
  'cloudformation',
  validationError('ValidationError'),
);

export function storeOf(state: CloudFormationState, scope: Scope): StackStore {
  return new StackStore(state.cloud.store, scope);
}
