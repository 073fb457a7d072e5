import { importersOf } from '../engine/exports.js';
import { isInProgress } from '../stack/stack.js';
import { validationError } from '../template/template-error.js';
import { namedAccess, passRoleAccess, roleKey } from './access.js';
import { findNamed, findStack } from './find-stack.js';
import { newOperation, operationOptions } from './start-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const deleteStack = cloudFormationOperation({
  name: 'DeleteStack',
  parse: (input) => ({
    name: input.StackName,
    roleArn: input.RoleARN,
    options: { ...operationOptions(input), retain: input.RetainResources ?? [] },
    isForced: input.DeletionMode === 'FORCE_DELETE_STACK',
  }),
  access: (row) => [namedAccess(row, 'DeleteStack', roleKey), passRoleAccess(row)],
  handle: async ({ name, roleArn, options, isForced }, call, state) => {
    const found = await findNamed(name, call, state);
    // AWS answers success where there is nothing to delete.
    if (!found) return undefined;
    const { id } = found;
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(id, call, state);
      if (stack.status === 'DELETE_COMPLETE') return;
      if (stack.status === 'DELETE_IN_PROGRESS') return;
      if (stack.terminationProtection) {
        throw validationError(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
      }
      if (isInProgress(stack.status)) {
        throw validationError(`Stack:${id} is in ${stack.status} state and can not be deleted.`);
      }
      await refuseWhileExportsAreUsed();
      if (options.retain.length > 0 && stack.status !== 'DELETE_FAILED' && !isForced) {
        throw validationError(
          'Invalid operation on stack. RetainResources can only be specified for a stack that is in the DELETE_FAILED state',
        );
      }
      const role = roleArn ?? stack.definition.roleArn;
      await state.engine.delete(stack, await newOperation('DELETE', role, options, call, state));

      async function refuseWhileExportsAreUsed(): Promise<void> {
        const stacks = await storeOf(state, call).stacks();
        for (const { exportName } of stack.outputs) {
          const users = exportName === undefined ? [] : importersOf(exportName, stack, stacks);
          if (users.length > 0)
            throw validationError(`Export ${exportName} cannot be deleted as it is in use by ${users.join(', ')}`);
        }
      }
    });
    await state.engine.settled(id);
    return undefined;
  },
});
