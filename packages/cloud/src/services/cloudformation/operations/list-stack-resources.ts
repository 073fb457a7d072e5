import { namedAccess } from './access.js';
import { findStack } from './find-stack.js';
import { page } from './page.js';
import { cloudFormationOperation, storeOf } from './state.js';

export const listStackResources = cloudFormationOperation({
  name: 'ListStackResources',
  parse: (input) => ({ name: input.StackName, token: input.NextToken }),
  access: (row) => [namedAccess(row, 'ListStackResources')],
  handle: async ({ name, token }, call, state) => {
    const stack = await findStack(name, call, state);
    const { items, nextToken } = page(await storeOf(state, call).resources(stack.id), token, [
      'ListStackResources',
      name,
    ]);
    return {
      StackResourceSummaries: items.map((resource) => ({
        LogicalResourceId: resource.logicalId,
        PhysicalResourceId: resource.physicalId === '' ? undefined : resource.physicalId,
        ResourceType: resource.type,
        LastUpdatedTimestamp: new Date(resource.time),
        ResourceStatus: resource.status,
        ResourceStatusReason: resource.statusReason,
        DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' as const },
      })),
      NextToken: nextToken,
    };
  },
});
