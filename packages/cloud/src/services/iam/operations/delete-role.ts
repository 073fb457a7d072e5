import { AwsError } from '../../../core/aws-error.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { roleInput } from '../input.js';
import type { IamState } from '../service-state.js';

export const deleteRole = operation<IamState>()({
  name: 'DeleteRole',
  parse: roleInput,
  access: (row) => [roleAccess(row, 'DeleteRole', boundaryKey)],
  handle: async ({ RoleName }, { account }, { identities }) => {
    await identities.removeRole(account, RoleName, ({ attachedPolicies, inlinePolicies }) => {
      if (attachedPolicies.length > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must detach all policies first.', 409);
      }
      if (Object.keys(inlinePolicies).length > 0) {
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
      }
    });
    return undefined;
  },
});
