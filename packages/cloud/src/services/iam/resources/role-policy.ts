import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText, policyText, unlessGone } from './properties.js';

async function put(properties: Properties, { call }: ResourceContext): Promise<void> {
  await call('iam', 'PutRolePolicy', {
    RoleName: neededText(properties, 'RoleName'),
    PolicyName: neededText(properties, 'PolicyName'),
    PolicyDocument: policyText(properties, 'PolicyDocument'),
  });
}

/** One inline policy of one role. */
export const rolePolicy: ResourceType = {
  type: 'AWS::IAM::RolePolicy',
  newId: (properties) => `${neededText(properties, 'PolicyName')}|${neededText(properties, 'RoleName')}`,
  create: async (_id, properties, context) => {
    await put(properties, context);
    return {};
  },
  update: async (_id, properties, _previous, context) => {
    await put(properties, context);
    return {};
  },
  delete: async (id, _properties, { call }) => {
    const [PolicyName, RoleName] = id.split('|');
    await unlessGone(call('iam', 'DeleteRolePolicy', { RoleName, PolicyName }));
  },
};
