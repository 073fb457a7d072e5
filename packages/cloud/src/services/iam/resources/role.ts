import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { text } from '../../../kit/properties.js';
import {
  changeBoundary,
  changePolicies,
  changeTags,
  deletePolicies,
  unknownManagedPolicies,
} from './identity-properties.js';
import { createOrTakeUp, isMarked, policyText, resourceTags, stackMarks, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::Role';

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { Role } = await call('iam', 'GetRole', { RoleName: id });
  return { attributes: { Arn: Role?.Arn, RoleId: Role?.RoleId } };
}

function create(id: string, properties: Properties, context: ResourceContext): Promise<void> {
  const input = {
    RoleName: id,
    Path: text(properties, 'Path') ?? '/',
    AssumeRolePolicyDocument: policyText(properties, 'AssumeRolePolicyDocument'),
    // CloudFormation gives a role that has no description an empty one.
    Description: text(properties, 'Description') ?? '',
    MaxSessionDuration: text(properties, 'MaxSessionDuration'),
    PermissionsBoundary: text(properties, 'PermissionsBoundary'),
    Tags: [...resourceTags(properties, context), ...stackMarks(context)],
  };
  return createOrTakeUp(
    TYPE,
    id,
    () => context.call('iam', 'CreateRole', input, id),
    async () => isMarked((await context.call('iam', 'GetRole', { RoleName: id })).Role?.Tags, context),
  );
}

export const role: ResourceType = {
  type: TYPE,
  refuses: unknownManagedPolicies('ManagedPolicyArns[]', 'PermissionsBoundary'),
  nameProperty: 'RoleName',
  maxNameLength: 64,
  create: async (id, properties, context) => {
    await create(id, properties, context);
    await changePolicies('Role', id, properties, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    await context.call('iam', 'UpdateRole', {
      RoleName: id,
      Description: text(properties, 'Description') ?? '',
      MaxSessionDuration: text(properties, 'MaxSessionDuration') ?? '3600',
    });
    const trust = policyText(properties, 'AssumeRolePolicyDocument');
    if (trust !== policyText(previous, 'AssumeRolePolicyDocument')) {
      await context.call('iam', 'UpdateAssumeRolePolicy', { RoleName: id, PolicyDocument: trust });
    }
    await changeBoundary('Role', id, properties, previous, context);
    await changePolicies('Role', id, properties, previous, context);
    await changeTags('Role', id, resourceTags(properties, context), resourceTags(previous, context), context);
    return stateOf(id, context);
  },
  delete: async (id, properties, context) => {
    await deletePolicies('Role', id, properties, context);
    await unlessGone(context.call('iam', 'DeleteRole', { RoleName: id }));
  },
};
