import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import type { ChangeSet } from '../stack/change-set.js';
import { isInProgress, type Stack } from '../stack/stack.js';
import { validationError } from '../template/template-error.js';
import { type CloudFormationState, storeOf } from './state.js';

const WITH_ID = (nameOrId: string): string => `Stack with id ${nameOrId} does not exist`;

/**
 * A stack by name or ARN.
 * @param missing the sentence where there is none, which differs by operation
 * @throws AwsError if there is none
 */
export async function findStack(
  nameOrId: string,
  call: Call,
  state: CloudFormationState,
  missing: (nameOrId: string) => string = WITH_ID,
): Promise<Stack> {
  const stack = await storeOf(state, call).find(nameOrId);
  if (!stack) throw validationError(missing(nameOrId));
  return stack;
}

/**
 * A change set by name and stack, or by ARN.
 * @throws AwsError if there is none
 */
export async function findChangeSet(
  nameOrId: string,
  stackName: string | undefined,
  call: Call,
  state: CloudFormationState,
): Promise<ChangeSet> {
  const store = storeOf(state, call);
  if (!nameOrId.startsWith('arn:') && stackName === undefined) {
    throw validationError('StackName must be specified if ChangeSetName is not specified as an ARN.');
  }
  const stack = stackName === undefined ? undefined : await store.find(stackName);
  if (stackName !== undefined && !stack) throw validationError(`Stack [${stackName}] does not exist`);
  const changeSet = await store.changeSet(nameOrId, stack?.id);
  if (!changeSet) throw new AwsError('ChangeSetNotFound', `ChangeSet [${nameOrId}] does not exist`, 404);
  return changeSet;
}

/** Refuses an update of a stack that an operation is under way on, or that needs another operation first. */
export function refuseUnlessUpdatable(stack: Stack): void {
  const { id, status } = stack;
  const never = ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'DELETE_COMPLETE', 'UPDATE_ROLLBACK_FAILED'];
  if (isInProgress(status) || never.includes(status)) {
    throw validationError(`Stack:${id} is in ${status} state and can not be updated.`);
  }
}

/** A stack by name, where there is one. */
export function findNamed(name: string, call: Call, state: CloudFormationState): Promise<Stack | undefined> {
  return storeOf(state, call).find(name);
}
