import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { optionalNumber, roleInput } from '../input.js';
import type { IamState } from '../service-state.js';

export const updateRole = operation<IamState>()({
  name: 'UpdateRole',
  parse: (raw) => ({
    ...roleInput(raw),
    Description: membersOf(raw).text('Description'),
    MaxSessionDuration: optionalNumber(membersOf(raw), 'MaxSessionDuration', 3600, 43_200),
  }),
  access: (row) => [roleAccess(row, 'UpdateRole', boundaryKey)],
  handle: async ({ RoleName, Description, MaxSessionDuration }, { account }, { identities }) => {
    await identities.changeRole(account, RoleName, (role) => ({
      ...role,
      description: Description ?? role.description,
      maxSessionDuration: MaxSessionDuration ?? role.maxSessionDuration,
    }));
    return {};
  },
});
