import { validationError } from '../template/template-error.js';
import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { shownResource } from './show-stack.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const describeStackResources = cloudFormationOperation({
  name: 'DescribeStackResources',
  parse: (input) => ({
    name: input.StackName,
    physicalId: input.PhysicalResourceId,
    logicalId: input.LogicalResourceId,
  }),
  access: (row) => [namedAccess(row, 'DescribeStackResources')],
  handle: async ({ name, physicalId, logicalId }, call, state) => {
    const store = storeOf(state, call);
    if (name === undefined && physicalId === undefined) {
      throw validationError('Either StackName or PhysicalResourceId must be specified.');
    }
    const stacks = name === undefined ? await store.stacks() : [await findStack(name, call, state)];
    for (const stack of stacks) {
      const resources = await store.resources(stack.id);
      if (physicalId !== undefined && !resources.some((one) => one.physicalId === physicalId)) continue;
      const asked = resources.filter((one) => logicalId === undefined || one.logicalId === logicalId);
      return { StackResources: asked.map((resource) => shownResource(stack, resource)) };
    }
    throw validationError(`Stack for ${physicalId} does not exist`);
  },
});
