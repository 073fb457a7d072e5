import { AwsError } from '../../../core/aws-error.js';
import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { added, neededText, policyText, refuseUsersAndGroups, texts, unlessGone } from './properties.js';

const TYPE = 'AWS::IAM::Policy';

async function put(properties: Properties, { call }: ResourceContext): Promise<void> {
  refuseUsersAndGroups(TYPE, properties);
  const roles = texts(properties, 'Roles');
  if (roles.length === 0) {
    throw new AwsError('ValidationError', 'At least one of [Groups,Roles,Users] must be non-empty.');
  }
  const PolicyName = neededText(properties, 'PolicyName');
  const PolicyDocument = policyText(properties, 'PolicyDocument');
  for (const RoleName of roles) await call('iam', 'PutRolePolicy', { RoleName, PolicyName, PolicyDocument });
}

/** An inline policy of one or more roles. Its physical id names the resource, not the policy. */
export const policy: ResourceType = {
  type: TYPE,
  maxNameLength: 128,
  create: async (id, properties, context) => {
    await put(properties, context);
    return { attributes: { Id: id } };
  },
  update: async (id, properties, previous, context) => {
    await put(properties, context);
    const renamed = neededText(properties, 'PolicyName') !== neededText(previous, 'PolicyName');
    const before = texts(previous, 'Roles');
    const left = renamed ? before : added(texts(properties, 'Roles'), before);
    const PolicyName = neededText(previous, 'PolicyName');
    for (const RoleName of left) await unlessGone(context.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
    return { attributes: { Id: id } };
  },
  delete: async (_id, properties, { call }) => {
    const PolicyName = neededText(properties, 'PolicyName');
    for (const RoleName of texts(properties, 'Roles')) {
      await unlessGone(call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
    }
  },
};
