import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { AWS_MANAGED_POLICIES } from '../../../iam/aws-managed-policies.js';
import type { Tag } from '../../../iam/identity-record.js';
import {
  added,
  inlinePolicies,
  isError,
  isMarked,
  optionalText,
  policyText,
  resourceTags,
  stackMarks,
  texts,
  unlessGone,
} from './properties.js';

interface RoleDescription {
  readonly Arn: string;
  readonly RoleId: string;
  readonly Tags?: readonly Tag[];
}

function isUnknownManagedPolicy(arn: unknown): boolean {
  return typeof arn === 'string' && arn.includes(':iam::aws:policy/') && AWS_MANAGED_POLICIES.get(arn) === undefined;
}

function stateOf({ Arn, RoleId }: RoleDescription): ResourceState {
  return { attributes: { Arn, RoleId } };
}

async function createOrFind(id: string, properties: Properties, context: ResourceContext): Promise<RoleDescription> {
  const maxSessionDuration = optionalText(properties, 'MaxSessionDuration');
  const input = {
    RoleName: id,
    Path: optionalText(properties, 'Path') ?? '/',
    AssumeRolePolicyDocument: policyText(properties, 'AssumeRolePolicyDocument'),
    Description: optionalText(properties, 'Description'),
    MaxSessionDuration: maxSessionDuration,
    PermissionsBoundary: optionalText(properties, 'PermissionsBoundary'),
    Tags: [...resourceTags(properties, context), ...stackMarks(context)],
  };
  try {
    return (await context.call('iam', 'CreateRole', input, id)).Role;
  } catch (error) {
    if (!isError(error, 'EntityAlreadyExists')) throw error;
    const { Role } = await context.call('iam', 'GetRole', { RoleName: id });
    if (isMarked(Role.Tags, context)) return Role;
    throw new AwsError('AlreadyExists', `Resource of type 'AWS::IAM::Role' with identifier '${id}' already exists.`);
  }
}

async function changePolicies(id: string, properties: Properties, previous: Properties, { call }: ResourceContext) {
  const inline = inlinePolicies(properties);
  for (const [PolicyName, PolicyDocument] of inline) {
    await call('iam', 'PutRolePolicy', { RoleName: id, PolicyName, PolicyDocument });
  }
  for (const PolicyName of added([...inline.keys()], [...inlinePolicies(previous).keys()])) {
    await unlessGone(call('iam', 'DeleteRolePolicy', { RoleName: id, PolicyName }));
  }
  const managed = texts(properties, 'ManagedPolicyArns');
  for (const PolicyArn of managed) await call('iam', 'AttachRolePolicy', { RoleName: id, PolicyArn });
  for (const PolicyArn of added(managed, texts(previous, 'ManagedPolicyArns'))) {
    await unlessGone(call('iam', 'DetachRolePolicy', { RoleName: id, PolicyArn }));
  }
}

async function changeTags(id: string, tags: readonly Tag[], previous: readonly Tag[], { call }: ResourceContext) {
  const old = previous.map(({ Key, Value }) => `${Key}=${Value}`);
  const changed = tags.filter(({ Key, Value }) => !old.includes(`${Key}=${Value}`));
  if (changed.length > 0) await call('iam', 'TagRole', { RoleName: id, Tags: changed });
  const keys = tags.map(({ Key }) => Key);
  const removed = added(
    keys,
    previous.map(({ Key }) => Key),
  );
  if (removed.length > 0) await call('iam', 'UntagRole', { RoleName: id, TagKeys: removed });
}

async function changeBoundary(id: string, properties: Properties, previous: Properties, { call }: ResourceContext) {
  const boundary = optionalText(properties, 'PermissionsBoundary');
  if (boundary !== undefined) {
    await call('iam', 'PutRolePermissionsBoundary', { RoleName: id, PermissionsBoundary: boundary });
  } else if (optionalText(previous, 'PermissionsBoundary') !== undefined) {
    await unlessGone(call('iam', 'DeleteRolePermissionsBoundary', { RoleName: id }));
  }
}

export const role: ResourceType = {
  type: 'AWS::IAM::Role',
  refuses: ['ManagedPolicyArns[]', 'PermissionsBoundary'].map((path) => ({
    path,
    when: isUnknownManagedPolicy,
    values: 'managed policies that AWS does not have',
    why: 'AWS has no managed policy of that name; look for a misspelling',
  })),
  nameProperty: 'RoleName',
  maxNameLength: 64,
  create: async (id, properties, context) => {
    const created = await createOrFind(id, properties, context);
    await changePolicies(id, properties, {}, context);
    return stateOf(created);
  },
  update: async (id, properties, previous, context) => {
    await context.call('iam', 'UpdateRole', {
      RoleName: id,
      Description: optionalText(properties, 'Description') ?? '',
      MaxSessionDuration: optionalText(properties, 'MaxSessionDuration') ?? '3600',
    });
    const trust = policyText(properties, 'AssumeRolePolicyDocument');
    if (trust !== policyText(previous, 'AssumeRolePolicyDocument')) {
      await context.call('iam', 'UpdateAssumeRolePolicy', { RoleName: id, PolicyDocument: trust });
    }
    await changeBoundary(id, properties, previous, context);
    await changePolicies(id, properties, previous, context);
    await changeTags(id, resourceTags(properties, context), resourceTags(previous, context), context);
    const { Role } = await context.call('iam', 'GetRole', { RoleName: id });
    return stateOf(Role);
  },
  /**
   * The role's policies from the template are deleted with it; policies that others attached keep the role, as on AWS.
   */
  delete: async (id, properties, { call }) => {
    for (const PolicyName of inlinePolicies(properties).keys()) {
      await unlessGone(call('iam', 'DeleteRolePolicy', { RoleName: id, PolicyName }));
    }
    for (const PolicyArn of texts(properties, 'ManagedPolicyArns')) {
      await unlessGone(call('iam', 'DetachRolePolicy', { RoleName: id, PolicyArn }));
    }
    await unlessGone(call('iam', 'DeleteRole', { RoleName: id }));
  },
};
