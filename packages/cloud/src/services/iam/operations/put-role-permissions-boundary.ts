import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { checkBoundary } from '../boundary.js';
import { roleInput, text } from '../input.js';
import type { IamState } from '../service-state.js';

export const putRolePermissionsBoundary = operation<IamState>()({
  name: 'PutRolePermissionsBoundary',
  parse: (raw) => ({ ...roleInput(raw), PermissionsBoundary: text(membersOf(raw), 'PermissionsBoundary') }),
  access: (row) => [roleAccess(row, 'PutRolePermissionsBoundary', boundaryKey)],
  handle: async ({ RoleName, PermissionsBoundary }, { account }, { identities }) => {
    await checkBoundary(identities, PermissionsBoundary);
    await identities.changeRole(account, RoleName, (role) => ({ ...role, permissionsBoundary: PermissionsBoundary }));
    return undefined;
  },
});
