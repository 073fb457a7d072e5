import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { inlinePolicyInput } from '../input.js';
import type { IamState } from '../service-state.js';
import { noSuchInlinePolicy } from './get-role-policy.js';

export const deleteRolePolicy = operation<IamState>()({
  name: 'DeleteRolePolicy',
  parse: inlinePolicyInput,
  access: (row) => [roleAccess(row, 'DeleteRolePolicy', boundaryKey)],
  handle: async ({ RoleName, PolicyName }, { account }, { identities }) => {
    await identities.changeRole(account, RoleName, (role) => {
      const { [PolicyName]: removed, ...inlinePolicies } = role.inlinePolicies;
      if (removed === undefined) throw noSuchInlinePolicy(PolicyName);
      return { ...role, inlinePolicies };
    });
    return undefined;
  },
});
