import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import type { RoleRecord } from '../../../iam/identity-record.js';
import { policyAccess } from '../access.js';
import { page, policyInput } from '../input.js';
import { pageOfList } from '../output.js';
import { neededPolicy } from '../policy-use.js';
import type { IamState } from '../service-state.js';

/** Roles only: this cloud has no users and groups. */
export const listEntitiesForPolicy = operation<IamState>()({
  name: 'ListEntitiesForPolicy',
  parse: (raw) => ({
    ...policyInput(raw),
    ...page(membersOf(raw)),
    boundary: membersOf(raw).text('PolicyUsageFilter') === 'PermissionsBoundary',
  }),
  access: (row) => [policyAccess(row, 'ListEntitiesForPolicy')],
  handle: async ({ PolicyArn, boundary, ...input }, { account }, { identities }) => {
    await neededPolicy(identities, PolicyArn);
    const roles: RoleRecord[] = [];
    for await (const role of identities.roles(account)) {
      const used = boundary ? role.permissionsBoundary === PolicyArn : role.attachedPolicies.includes(PolicyArn);
      if (used) roles.push(role);
    }
    const { items, ...more } = await pageOfList(roles, input, ({ name }) => name);
    return {
      PolicyRoles: items.map(({ name, id }) => ({ RoleName: name, RoleId: id })),
      PolicyUsers: [],
      PolicyGroups: [],
      ...more,
    };
  },
});
