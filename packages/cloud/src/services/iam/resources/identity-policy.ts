import type { Properties, ResourceContext, ResourceType } from '../../../core/resource-type.js';
import { neededText } from '../../../kit/properties.js';
import { policyText, unlessGone } from './properties.js';

type Noun = 'Role' | 'User' | 'Group';

/** One inline policy of one identity: `AWS::IAM::RolePolicy` and its like. */
function identityPolicy<const N extends Noun>(noun: N): ResourceType {
  const member: `${Noun}Name` = `${noun}Name`;
  const put = async (properties: Properties, { call }: ResourceContext) => {
    await call('iam', `Put${noun}Policy`, {
      [member]: neededText(properties, member),
      PolicyName: neededText(properties, 'PolicyName'),
      PolicyDocument: policyText(properties, 'PolicyDocument'),
    });
    return {};
  };
  return {
    type: `AWS::IAM::${noun}Policy`,
    newId: (properties) => `${neededText(properties, 'PolicyName')}|${neededText(properties, member)}`,
    create: (_id, properties, context) => put(properties, context),
    update: (_id, properties, _previous, context) => put(properties, context),
    delete: async (id, _properties, { call }) => {
      const [PolicyName, name] = id.split('|');
      await unlessGone(call('iam', `Delete${noun}Policy`, { [member]: name, PolicyName }));
    },
  };
}

export const rolePolicy = identityPolicy('Role');
export const userPolicy = identityPolicy('User');
export const groupPolicy = identityPolicy('Group');
