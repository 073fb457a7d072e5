import { validationError } from '../template/template-error.js';
import { namedAccess, passRoleAccess, roleKey } from './access.js';
import { findStack } from './find-stack.js';
import { newOperation, operationOptions } from './start-stack.js';
import { cloudFormationOperation } from './state.js';

export const rollbackStack = cloudFormationOperation({
  name: 'RollbackStack',
  parse: (input) => ({
    name: input.StackName,
    roleArn: input.RoleARN,
    options: { ...operationOptions(input), type: 'ROLLBACK' as const },
  }),
  access: (row) => [namedAccess(row, 'RollbackStack', roleKey), passRoleAccess(row)],
  handle: async ({ name, roleArn, options }, call, state) => {
    const { id, ...found } = await findStack(name, call, state);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(id, call, state);
      if (stack.status !== 'CREATE_FAILED' && stack.status !== 'UPDATE_FAILED') {
        throw validationError(`Stack:${id} is in ${stack.status} state and can not be rolled back.`);
      }
      const role = roleArn ?? stack.definition.roleArn;
      const kind = stack.status === 'CREATE_FAILED' ? 'CREATE' : 'UPDATE';
      const operation = await newOperation(kind, role, options, call, state);
      await state.engine.rollBack(stack, operation);
    });
    await state.engine.settled(id);
    return { StackId: id };
  },
});
