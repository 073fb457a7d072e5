import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { roleAccess, tagsOfRequest } from '../access.js';
import { roleInput, tags } from '../input.js';
import { mergedTags } from '../output.js';
import { refuseReservedTags } from '../reserved-tags.js';
import type { IamState } from '../service-state.js';

export const tagRole = operation<IamState>()({
  name: 'TagRole',
  parse: (raw) => ({ ...roleInput(raw), Tags: tags(membersOf(raw)) }),
  access: (row) => [roleAccess(row, 'TagRole', tagsOfRequest)],
  handle: async ({ RoleName, Tags }, call, { identities }) => {
    refuseReservedTags(Tags, call);
    await identities.changeRole(call.account, RoleName, (role) => ({ ...role, tags: mergedTags(role.tags, Tags) }));
    return undefined;
  },
});
