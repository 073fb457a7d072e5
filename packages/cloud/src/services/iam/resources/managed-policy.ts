import { AwsError } from '../../../core/aws-error.js';
import { randomId } from '../../../core/random-id.js';
import type { Properties, ResourceContext, ResourceState, ResourceType } from '../../../core/resource-type.js';
import { parseIamArn } from '../../../iam/identity-record.js';
import {
  added,
  isError,
  isMarked,
  optionalText,
  policyText,
  refuseUsersAndGroups,
  resourceTags,
  stackMarks,
  texts,
  unlessGone,
} from './properties.js';

const TYPE = 'AWS::IAM::ManagedPolicy';
const LONGEST_NAME = 128;
const VERSIONS_KEPT = 4;

/** The physical id is the ARN, so the name is chosen here. */
function newArn(properties: Properties, { account, stackName, logicalId }: ResourceContext): string {
  const ending = `-${randomId.upper(12)}`;
  const generated = `${stackName}-${logicalId}`.slice(0, LONGEST_NAME - ending.length) + ending;
  const name = optionalText(properties, 'ManagedPolicyName') ?? generated;
  return `arn:aws:iam::${account}:policy${optionalText(properties, 'Path') ?? '/'}${name}`;
}

async function createOrFind(id: string, properties: Properties, context: ResourceContext): Promise<void> {
  const input = {
    PolicyName: parseIamArn(id)?.name,
    Path: optionalText(properties, 'Path') ?? '/',
    Description: optionalText(properties, 'Description'),
    PolicyDocument: policyText(properties, 'PolicyDocument'),
    Tags: [...resourceTags(properties, context), ...stackMarks(context)],
  };
  try {
    await context.call('iam', 'CreatePolicy', input, id);
  } catch (error) {
    if (!isError(error, 'EntityAlreadyExists')) throw error;
    const found = await context.call('iam', 'GetPolicy', { PolicyArn: id }).catch(() => undefined);
    if (isMarked(found?.Policy.Tags, context)) return;
    throw new AwsError('AlreadyExists', `Resource of type '${TYPE}' with identifier '${id}' already exists.`);
  }
}

async function changeRoles(id: string, properties: Properties, previous: Properties, { call }: ResourceContext) {
  refuseUsersAndGroups(TYPE, properties);
  const roles = texts(properties, 'Roles');
  for (const RoleName of roles) await call('iam', 'AttachRolePolicy', { RoleName, PolicyArn: id });
  for (const RoleName of added(roles, texts(previous, 'Roles'))) {
    await unlessGone(call('iam', 'DetachRolePolicy', { RoleName, PolicyArn: id }));
  }
}

/** Deletes versions that are not the default, the oldest first, until `kept` are left. */
async function dropVersions(id: string, kept: number, { call }: ResourceContext): Promise<void> {
  const { Versions } = await call('iam', 'ListPolicyVersions', { PolicyArn: id });
  const versions: { VersionId: string; IsDefaultVersion: boolean }[] = [...Versions].reverse();
  const others = versions.filter(({ IsDefaultVersion }) => !IsDefaultVersion);
  for (const { VersionId } of others.slice(0, Math.max(0, versions.length - kept))) {
    await unlessGone(call('iam', 'DeletePolicyVersion', { PolicyArn: id, VersionId }));
  }
}

async function stateOf(id: string, { call }: ResourceContext): Promise<ResourceState> {
  const { Policy } = await call('iam', 'GetPolicy', { PolicyArn: id });
  return {
    attributes: {
      PolicyArn: id,
      PolicyId: Policy.PolicyId,
      DefaultVersionId: Policy.DefaultVersionId,
      AttachmentCount: Policy.AttachmentCount,
      PermissionsBoundaryUsageCount: Policy.PermissionsBoundaryUsageCount,
      IsAttachable: Policy.IsAttachable,
      CreateDate: Policy.CreateDate.toISOString(),
      UpdateDate: Policy.UpdateDate.toISOString(),
    },
  };
}

export const managedPolicy: ResourceType = {
  type: TYPE,
  newId: newArn,
  create: async (id, properties, context) => {
    await createOrFind(id, properties, context);
    await changeRoles(id, properties, {}, context);
    return stateOf(id, context);
  },
  update: async (id, properties, previous, context) => {
    const PolicyDocument = policyText(properties, 'PolicyDocument');
    if (PolicyDocument !== policyText(previous, 'PolicyDocument')) {
      await dropVersions(id, VERSIONS_KEPT, context);
      await context.call('iam', 'CreatePolicyVersion', { PolicyArn: id, PolicyDocument, SetAsDefault: true });
    }
    await changeRoles(id, properties, previous, context);
    return stateOf(id, context);
  },
  delete: async (id, properties, context) => {
    for (const RoleName of texts(properties, 'Roles')) {
      await unlessGone(context.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn: id }));
    }
    await unlessGone(dropVersions(id, 1, context));
    await unlessGone(context.call('iam', 'DeletePolicy', { PolicyArn: id }));
  },
};
