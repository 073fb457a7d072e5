import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { roleInput, text } from '../input.js';
import { checkTrustPolicy } from '../limits.js';
import type { IamState } from '../service-state.js';

export const updateAssumeRolePolicy = operation<IamState>()({
  name: 'UpdateAssumeRolePolicy',
  parse: (raw) => ({ ...roleInput(raw), PolicyDocument: text(membersOf(raw), 'PolicyDocument') }),
  access: (row) => [roleAccess(row, 'UpdateAssumeRolePolicy', boundaryKey)],
  handle: async ({ RoleName, PolicyDocument }, { account }, { identities }) => {
    checkTrustPolicy(PolicyDocument);
    await identities.changeRole(account, RoleName, (role) => ({ ...role, trustPolicy: PolicyDocument }));
    return undefined;
  },
});
