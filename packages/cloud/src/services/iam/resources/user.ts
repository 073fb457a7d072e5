import { failedWith } from '../../../core/aws-failure.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { neededText, text, texts } from '../../../kit/properties.js';
import {
  changeBoundary,
  changePolicies,
  changeTags,
  deletePolicies,
  unknownManagedPolicies,
} from './identity-properties.js';
import { added, createOrTakeUp, resourceTags, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::User';

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { User } = await call('iam', 'GetUser', { UserName: id });
  return { attributes: { Arn: User?.Arn } };
}

function create(id: string, properties: Properties, context: ResourceContext): Promise<void> {
  const input = {
    UserName: id,
    Path: text(properties, 'Path') ?? '/',
    PermissionsBoundary: text(properties, 'PermissionsBoundary'),
    Tags: resourceTags(properties, context),
  };
  return createOrTakeUp(
    TYPE,
    id,
    () => context.call('iam', 'CreateUser', input, id),
    // CloudFormation does not mark users; a generated name is nobody else's.
    () => properties.UserName === undefined,
  );
}

async function changeGroups(id: string, properties: Properties, previous: Properties, { call }: ResourceContext) {
  const groups = texts(properties, 'Groups');
  for (const GroupName of groups) await call('iam', 'AddUserToGroup', { UserName: id, GroupName });
  for (const GroupName of added(groups, texts(previous, 'Groups'))) {
    await unlessGone(call('iam', 'RemoveUserFromGroup', { UserName: id, GroupName }));
  }
}

function loginProfileOf({ LoginProfile }: Properties): Properties | undefined {
  return typeof LoginProfile === 'object' && LoginProfile !== null ? { ...LoginProfile } : undefined;
}

async function changeLoginProfile(id: string, properties: Properties, previous: Properties, context: ResourceContext) {
  const profile = loginProfileOf(properties);
  if (!profile) {
    if (loginProfileOf(previous)) await unlessGone(context.call('iam', 'DeleteLoginProfile', { UserName: id }));
    return;
  }
  const input = {
    UserName: id,
    Password: neededText(profile, 'Password'),
    PasswordResetRequired: text(profile, 'PasswordResetRequired') ?? 'false',
  };
  try {
    await context.call('iam', 'CreateLoginProfile', input);
  } catch (error) {
    if (!failedWith(error, 'EntityAlreadyExists')) throw error;
    await context.call('iam', 'UpdateLoginProfile', input);
  }
}

async function change(id: string, properties: Properties, previous: Properties, context: ResourceContext) {
  await changeGroups(id, properties, previous, context);
  await changeLoginProfile(id, properties, previous, context);
  await changePolicies('User', id, properties, previous, context);
}

export const user: ResourceType = {
  type: TYPE,
  refuses: unknownManagedPolicies('ManagedPolicyArns[]', 'PermissionsBoundary'),
  nameProperty: 'UserName',
  maxNameLength: 64,
  create: async (id, properties, context) => {
    await create(id, properties, context);
    await change(id, properties, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const path = text(properties, 'Path') ?? '/';
    if (path !== (text(previous, 'Path') ?? '/')) {
      await context.call('iam', 'UpdateUser', { UserName: id, NewPath: path });
    }
    await changeBoundary('User', id, properties, previous, context);
    await change(id, properties, previous, context);
    await changeTags('User', id, resourceTags(properties, context), resourceTags(previous, context), context);
    return stateOf(id, context);
  },
  delete: async (id, properties, context) => {
    await unlessGone(context.call('iam', 'DeleteLoginProfile', { UserName: id }));
    for (const GroupName of texts(properties, 'Groups')) {
      await unlessGone(context.call('iam', 'RemoveUserFromGroup', { UserName: id, GroupName }));
    }
    await deletePolicies('User', id, properties, context);
    await unlessGone(context.call('iam', 'DeleteUser', { UserName: id }));
  },
};
