import { failedWith } from '../../../core/aws-failure.js';
import { write } from '../stack/stack-store.js';
import { changeSetAccess } from './access.js';
import { findChangeSet } from './find-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const deleteChangeSet = cloudFormationOperation({
  name: 'DeleteChangeSet',
  parse: (input) => ({ name: input.ChangeSetName, stackName: input.StackName }),
  access: (row) => [changeSetAccess(row, 'DeleteChangeSet')],
  handle: async ({ name, stackName }, call, state) => {
    try {
      const changeSet = await findChangeSet(name, stackName, call, state);
      await storeOf(state, call).batch([write.changeSetGone(changeSet)]);
    } catch (error) {
      // AWS answers success where the change set is gone already; a missing stack is an error.
      if (!failedWith(error, 'ChangeSetNotFound')) throw error;
    }
  },
});
