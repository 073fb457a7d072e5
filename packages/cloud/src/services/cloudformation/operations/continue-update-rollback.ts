import { validationError } from '../template/template-error.js';
import { namedAccess, passRoleAccess, roleKey } from './access.js';
import { findStack } from './find-stack.js';
import { newOperation, operationOptions } from './start-stack.js';
import { cloudFormationOperation } from './state.js';

export const continueUpdateRollback = cloudFormationOperation({
  name: 'ContinueUpdateRollback',
  parse: (input) => ({
    name: input.StackName,
    roleArn: input.RoleARN,
    options: {
      ...operationOptions(input),
      type: 'CONTINUE_ROLLBACK' as const,
      skip: input.ResourcesToSkip ?? [],
    },
  }),
  access: (row) => [namedAccess(row, 'ContinueUpdateRollback', roleKey), passRoleAccess(row)],
  handle: async ({ name, roleArn, options }, call, state) => {
    const { id, ...found } = await findStack(name, call, state);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(id, call, state);
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED') {
        throw validationError(`Stack:${id} is in ${stack.status} state and can not continue rollback.`);
      }
      const role = roleArn ?? stack.definition.roleArn;
      await state.engine.rollBack(stack, await newOperation('UPDATE', role, options, call, state));
    });
    await state.engine.settled(id);
  },
});
