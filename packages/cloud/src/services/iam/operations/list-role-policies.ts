import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { noSuchRole } from '../../../iam/identity-record.js';
import { roleAccess } from '../access.js';
import { page, roleInput } from '../input.js';
import { pageOfList } from '../output.js';
import type { IamState } from '../service-state.js';

export const listRolePolicies = operation<IamState>()({
  name: 'ListRolePolicies',
  parse: (raw) => ({ ...roleInput(raw), ...page(membersOf(raw)) }),
  access: (row) => [roleAccess(row, 'ListRolePolicies')],
  handle: async ({ RoleName, ...input }, { account }, { identities }) => {
    const role = await identities.role(account, RoleName);
    if (!role) throw noSuchRole(RoleName);
    const { items, ...more } = await pageOfList(Object.keys(role.inlinePolicies), input, (name) => name);
    return { PolicyNames: items, ...more };
  },
});
