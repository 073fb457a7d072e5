import { operation } from '../../../core/operation.js';
import { noSuchRole } from '../../../iam/identity-record.js';
import { boundaryKey, roleAccess } from '../access.js';
import { roleInput } from '../input.js';
import { roleOutput } from '../output.js';
import type { IamState } from '../service-state.js';

export const getRole = operation<IamState>()({
  name: 'GetRole',
  parse: roleInput,
  access: (row) => [roleAccess(row, 'GetRole', boundaryKey)],
  handle: async ({ RoleName }, { account }, { identities }) => {
    const role = await identities.role(account, RoleName);
    if (!role) throw noSuchRole(RoleName);
    return { Role: roleOutput(role) };
  },
});
