import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { listAccess } from '../access.js';
import { page } from '../input.js';
import { listedRole, pageOf } from '../output.js';
import type { IamState } from '../service-state.js';

export const listRoles = operation<IamState>()({
  name: 'ListRoles',
  parse: (raw) => ({ ...page(membersOf(raw)), PathPrefix: membersOf(raw).text('PathPrefix') ?? '/' }),
  access: (row) => [listAccess(row, 'ListRoles', 'role')],
  handle: async ({ PathPrefix, ...input }, { account }, { identities }) => {
    async function* below() {
      for await (const role of identities.roles(account, input.after)) if (role.path.startsWith(PathPrefix)) yield role;
    }
    const { items, ...more } = await pageOf(below(), input, ({ name }) => name);
    return { Roles: items.map(listedRole), ...more };
  },
});
