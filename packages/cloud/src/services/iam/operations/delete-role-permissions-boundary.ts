import { AwsError } from '../../../core/aws-error.js';
import { operation } from '../../../core/operation.js';
import { boundaryKey, roleAccess } from '../access.js';
import { roleInput } from '../input.js';
import type { IamState } from '../service-state.js';

export const deleteRolePermissionsBoundary = operation<IamState>()({
  name: 'DeleteRolePermissionsBoundary',
  parse: roleInput,
  access: (row) => [roleAccess(row, 'DeleteRolePermissionsBoundary', boundaryKey)],
  handle: async ({ RoleName }, { account }, { identities }) => {
    await identities.changeRole(account, RoleName, (role) => {
      if (role.permissionsBoundary === undefined) {
        throw new AwsError('NoSuchEntity', `The role ${RoleName} does not have a permissions boundary.`, 404);
      }
      return { ...role, permissionsBoundary: undefined };
    });
    return undefined;
  },
});
