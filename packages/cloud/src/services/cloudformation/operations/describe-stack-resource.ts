import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { shownResource } from './show-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const describeStackResource = cloudFormationOperation({
  name: 'DescribeStackResource',
  parse: (input) => ({ name: input.StackName, logicalId: input.LogicalResourceId }),
  access: (row) => [namedAccess(row, 'DescribeStackResource')],
  handle: async ({ name, logicalId }, call, state) => {
    const stack = await findStack(name, call, state, () => `Stack '${name}' does not exist`);
    const resource = (await storeOf(state, call).resources(stack.id)).find((one) => one.logicalId === logicalId);
    if (!resource) throw validationError(`Resource ${logicalId} does not exist for stack ${stack.name}`);
    return {
      StackResourceDetail: {
        ...shownResource(stack, resource),
        LastUpdatedTimestamp: new Date(resource.time),
        // A resource without metadata has an empty one.
        Metadata: JSON.stringify(resource.metadata ?? {}),
      },
    };
  },
});
