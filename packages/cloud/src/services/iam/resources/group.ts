import type { ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { text } from '../../../kit/properties.js';
import { changePolicies, deletePolicies, unknownManagedPolicies } from './identity-properties.js';
import { createOrTakeUp, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::Group';

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { Group } = await call('iam', 'GetGroup', { GroupName: id });
  return { attributes: { Arn: Group?.Arn } };
}

export const group: ResourceType = {
  type: TYPE,
  refuses: unknownManagedPolicies('ManagedPolicyArns[]'),
  nameProperty: 'GroupName',
  maxNameLength: 128,
  create: async (id, properties, context) => {
    const input = { GroupName: id, Path: text(properties, 'Path') ?? '/' };
    await createOrTakeUp(
      TYPE,
      id,
      () => context.call('iam', 'CreateGroup', input, id),
      // Groups have no tags; a generated name is nobody else's.
      () => properties.GroupName === undefined,
    );
    await changePolicies('Group', id, properties, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const path = text(properties, 'Path') ?? '/';
    if (path !== (text(previous, 'Path') ?? '/')) {
      await context.call('iam', 'UpdateGroup', { GroupName: id, NewPath: path });
    }
    await changePolicies('Group', id, properties, previous, context);
    return stateOf(id, context);
  },
  delete: async (id, properties, context) => {
    await deletePolicies('Group', id, properties, context);
    await unlessGone(context.call('iam', 'DeleteGroup', { GroupName: id }));
  },
};
