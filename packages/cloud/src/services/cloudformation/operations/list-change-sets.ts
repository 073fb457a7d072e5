import { isPending } from '../stack/change-set.js';
import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listChangeSets = cloudFormationOperation({
  name: 'ListChangeSets',
  parse: ({ StackName }) => ({ name: StackName }),
  access: (row) => [namedAccess(row, 'ListChangeSets')],
  handle: async ({ name }, call, state) => {
    const stack = await findStack(name, call, state);
    const changeSets = await storeOf(state, call).changeSets(stack.id);
    return {
      Summaries: changeSets.filter(isPending).map((changeSet) => ({
        StackId: changeSet.stackId,
        StackName: changeSet.stackName,
        ChangeSetId: changeSet.id,
        ChangeSetName: changeSet.name,
        ExecutionStatus: changeSet.executionStatus,
        Status: changeSet.status,
        StatusReason: changeSet.statusReason,
        CreationTime: new Date(changeSet.created),
        Description: changeSet.description,
        IncludeNestedStacks: false,
      })),
    };
  },
});
