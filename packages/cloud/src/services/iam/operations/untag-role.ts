import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { roleAccess } from '../access.js';
import { roleInput, tagKeys } from '../input.js';
import type { IamState } from '../service-state.js';

export const untagRole = operation<IamState>()({
  name: 'UntagRole',
  parse: (raw) => ({ ...roleInput(raw), TagKeys: tagKeys(membersOf(raw)) }),
  access: (row) => [roleAccess(row, 'UntagRole', { 'aws:TagKeys': ({ input }) => input.TagKeys })],
  handle: async ({ RoleName, TagKeys }, { account }, { identities }) => {
    const removed = new Set(TagKeys);
    await identities.changeRole(account, RoleName, (role) => ({
      ...role,
      tags: role.tags.filter(({ Key }) => !removed.has(Key)),
    }));
    return undefined;
  },
});
