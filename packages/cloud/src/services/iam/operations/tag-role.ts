import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { roleAccess } from '../access.js';
import { roleInput, tags } from '../input.js';
import { mergedTags } from '../output.js';
import type { IamState } from '../service-state.js';

export const tagRole = operation<IamState>()({
  name: 'TagRole',
  parse: (raw) => ({ ...roleInput(raw), Tags: tags(membersOf(raw)) }),
  access: roleAccess('TagRole'),
  handle: async ({ RoleName, Tags }, { account }, { identities }) => {
    await identities.changeRole(account, RoleName, (role) => ({ ...role, tags: mergedTags(role.tags, Tags) }));
    return undefined;
  },
});
