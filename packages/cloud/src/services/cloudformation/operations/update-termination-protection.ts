import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const updateTerminationProtection = cloudFormationOperation({
  name: 'UpdateTerminationProtection',
  parse: ({ StackName, EnableTerminationProtection }) => ({ name: StackName, enabled: EnableTerminationProtection }),
  access: (row) => [namedAccess(row, 'UpdateTerminationProtection')],
  handle: async ({ name, enabled }, call, state) => {
    const { id, ...found } = await findStack(name, call, state);
    await state.engine.finished(id);
    await state.engine.exclusively(found, async () => {
      const stack = await findStack(id, call, state);
      await storeOf(state, call).save({ ...stack, terminationProtection: enabled });
    });
    return { StackId: id };
  },
});
