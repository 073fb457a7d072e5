import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { noSuchRole } from '../../../iam/identity-record.js';
import { roleAccess } from '../access.js';
import { page, roleInput } from '../input.js';
import { pageOfList } from '../output.js';
import type { IamState } from '../service-state.js';

export const listRoleTags = operation<IamState>()({
  name: 'ListRoleTags',
  parse: (raw) => ({ ...roleInput(raw), ...page(membersOf(raw)) }),
  access: (row) => [roleAccess(row, 'ListRoleTags')],
  handle: async ({ RoleName, ...input }, { account }, { identities }) => {
    const role = await identities.role(account, RoleName);
    if (!role) throw noSuchRole(RoleName);
    const { items, ...more } = await pageOfList(role.tags, input, ({ Key }) => Key);
    return { Tags: items, ...more };
  },
});
