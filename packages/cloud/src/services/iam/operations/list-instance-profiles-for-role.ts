import { operation } from '../../../core/operation.js';
import { noSuchRole } from '../../../iam/identity-record.js';
import { roleAccess } from '../access.js';
import { roleInput } from '../input.js';
import type { IamState } from '../service-state.js';

/** Always empty: this cloud has no instance profiles. Tools ask before they delete a role. */
export const listInstanceProfilesForRole = operation<IamState>()({
  name: 'ListInstanceProfilesForRole',
  parse: roleInput,
  access: (row) => [roleAccess(row, 'ListInstanceProfilesForRole')],
  handle: async ({ RoleName }, { account }, { identities }) => {
    if (!(await identities.role(account, RoleName))) throw noSuchRole(RoleName);
    return { InstanceProfiles: [], IsTruncated: false };
  },
});
