import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { noSuchRole, parseIamArn } from '../../../iam/identity-record.js';
import { roleAccess } from '../access.js';
import { page, path, roleInput } from '../input.js';
import { pageOfList } from '../output.js';
import type { IamState } from '../service-state.js';

export const listAttachedRolePolicies = operation<IamState>()({
  name: 'ListAttachedRolePolicies',
  parse: (raw) => ({ ...roleInput(raw), ...page(membersOf(raw)), PathPrefix: path(membersOf(raw), 'PathPrefix') }),
  access: (row) => [roleAccess(row, 'ListAttachedRolePolicies')],
  handle: async ({ RoleName, PathPrefix, ...input }, { account }, { identities }) => {
    const role = await identities.role(account, RoleName);
    if (!role) throw noSuchRole(RoleName);
    const below = role.attachedPolicies.filter((arn) => parseIamArn(arn)?.path.startsWith(PathPrefix));
    const { items, ...more } = await pageOfList(below, input, (arn) => arn);
    return {
      AttachedPolicies: items.map((arn) => ({ PolicyName: parseIamArn(arn)?.name, PolicyArn: arn })),
      ...more,
    };
  },
});
