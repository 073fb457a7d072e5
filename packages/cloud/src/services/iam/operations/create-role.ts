import { membersOf } from '../../../core/members.js';
import { operation } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import type { RoleRecord } from '../../../iam/identity-record.js';
import { boundaryKey, newAccess } from '../access.js';
import { checkBoundary } from '../boundary.js';
import { name, optionalNumber, path, tags, text } from '../input.js';
import { checkTrustPolicy } from '../limits.js';
import { roleOutput } from '../output.js';
import { refuseReservedTags } from '../reserved-tags.js';
import type { IamState } from '../service-state.js';

export const createRole = operation<IamState>()({
  name: 'CreateRole',
  parse: (raw) => {
    const input = membersOf(raw);
    return {
      RoleName: name(input, 'RoleName', 64),
      Path: path(input),
      AssumeRolePolicyDocument: text(input, 'AssumeRolePolicyDocument'),
      Description: input.text('Description'),
      MaxSessionDuration: optionalNumber(input, 'MaxSessionDuration', 3600, 43_200) ?? 3600,
      PermissionsBoundary: input.text('PermissionsBoundary'),
      Tags: tags(input),
    };
  },
  access: (row) =>
    newAccess(row, 'role', { create: 'CreateRole', tag: 'TagRole' }, ({ RoleName }) => RoleName, boundaryKey),
  handle: async (input, call, { identities, now }) => {
    const { account } = call;
    const { RoleName, Path, AssumeRolePolicyDocument, PermissionsBoundary, Tags } = input;
    checkTrustPolicy(AssumeRolePolicyDocument);
    if (PermissionsBoundary !== undefined) await checkBoundary(identities, PermissionsBoundary);
    refuseReservedTags(Tags, call);
    const role: RoleRecord = {
      name: RoleName,
      path: Path,
      id: `AROA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${account}:role${Path}${RoleName}`,
      created: now(),
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration,
      trustPolicy: AssumeRolePolicyDocument,
      inlinePolicies: {},
      attachedPolicies: [],
      permissionsBoundary: PermissionsBoundary,
      tags: Tags,
    };
    await identities.addRole(account, role);
    return { Role: roleOutput(role) };
  },
});
