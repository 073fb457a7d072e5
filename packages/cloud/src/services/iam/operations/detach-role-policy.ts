import { AwsError } from '../../../core/aws-error.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, policyArnKey, roleAccess } from '../access.js';
import { attachmentInput } from '../input.js';
import type { IamState } from '../service-state.js';

export const detachRolePolicy = operation<IamState>()({
  name: 'DetachRolePolicy',
  parse: attachmentInput,
  access: (row) => [roleAccess(row, 'DetachRolePolicy', { ...boundaryKey, ...policyArnKey })],
  handle: async ({ RoleName, PolicyArn }, { account }, { identities }) => {
    await identities.changeRole(account, RoleName, (role) => {
      if (!role.attachedPolicies.includes(PolicyArn)) {
        throw new AwsError('NoSuchEntity', `Policy ${PolicyArn} was not found.`, 404);
      }
      return { ...role, attachedPolicies: role.attachedPolicies.filter((arn) => arn !== PolicyArn) };
    });
    return undefined;
  },
});
