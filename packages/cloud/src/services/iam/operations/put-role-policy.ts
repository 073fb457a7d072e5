import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { parsePolicy } from '../../../iam/policy-document.js';
import { boundaryKey, roleAccess } from '../access.js';
import { inlinePolicyInput, text } from '../input.js';
import { checkInlinePolicies } from '../limits.js';
import type { IamState } from '../service-state.js';

export const putRolePolicy = operation<IamState>()({
  name: 'PutRolePolicy',
  parse: (raw) => ({ ...inlinePolicyInput(raw), PolicyDocument: text(membersOf(raw), 'PolicyDocument') }),
  access: (row) => [roleAccess(row, 'PutRolePolicy', boundaryKey)],
  handle: async ({ RoleName, PolicyName, PolicyDocument }, { account }, { identities }) => {
    parsePolicy(PolicyDocument, 'identity');
    await identities.changeRole(account, RoleName, (role) => {
      const inlinePolicies = { ...role.inlinePolicies, [PolicyName]: PolicyDocument };
      checkInlinePolicies(RoleName, Object.values(inlinePolicies));
      return { ...role, inlinePolicies };
    });
    return undefined;
  },
});
