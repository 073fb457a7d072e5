import { randomId } from '../../../core/random-id.js';
import { withoutMarks } from '../../../core/stack-tags.js';
import type { RoleRecord } from '../../../iam/identity-record.js';
import { fromTagList, toTagList } from '../../../kit/tags.js';
import { boundaryKey, onEntity, onList, onNew } from '../access.js';
import { ROLE } from '../entity-kind.js';
import { checkTrustPolicy, deleteConflict, NAME_64, PAGE, PATH, PATH_PREFIX, TAGS } from '../limits.js';
import { createdRole, listedRole, roleOutput } from '../output.js';
import { below, byName, iamPage } from '../page.js';
import { checkBoundary } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';
import { newTags, tagsOf } from '../tagging.js';

const SESSION = { min: 3600, max: 43_200 };
const DESCRIPTION = { max: 1000 };
const roleName = ({ RoleName }: { readonly RoleName: string }) => RoleName;

const createRole = iamOperation({
  name: 'CreateRole',
  limits: { Path: PATH, RoleName: NAME_64, Description: DESCRIPTION, MaxSessionDuration: SESSION, Tags: TAGS },
  parse: ({ Path = '/', Tags, ...input }) => ({ ...input, Path, tags: tagsOf(Tags) }),
  access: (row) => onNew(row, 'role', 'Role', roleName, boundaryKey),
  handle: async (input, call, { identities, now }) => {
    const { RoleName, Path, AssumeRolePolicyDocument, PermissionsBoundary } = input;
    checkTrustPolicy(AssumeRolePolicyDocument);
    if (PermissionsBoundary !== undefined) await checkBoundary(identities, PermissionsBoundary);
    const role: RoleRecord = {
      name: RoleName,
      path: Path,
      id: `AROA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${call.account}:role${Path}${RoleName}`,
      created: now(),
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? SESSION.min,
      trustPolicy: AssumeRolePolicyDocument,
      inlinePolicies: {},
      attachedPolicies: [],
      permissionsBoundary: PermissionsBoundary,
      tags: newTags(input.tags, call),
    };
    await identities.roles.add(call.account, role);
    return { Role: createdRole(role) };
  },
});

const getRole = iamOperation({
  name: 'GetRole',
  limits: { RoleName: NAME_64 },
  access: (row) => [onEntity(row, ROLE, 'GetRole', roleName, boundaryKey)],
  handle: async ({ RoleName }, call, { identities }) => {
    const role = await identities.roles.get(call.account, RoleName);
    return { Role: roleOutput({ ...role, tags: toTagList(withoutMarks(fromTagList(role.tags), call)) }) };
  },
});

const listRoles = iamOperation({
  name: 'ListRoles',
  limits: { PathPrefix: PATH_PREFIX, ...PAGE },
  access: (row) => [onList(row, 'ListRoles', 'role')],
  handle: async ({ PathPrefix = '/', ...page }, { account }, { identities }) => {
    const of = ['ListRoles', PathPrefix];
    const { items, ...more } = await iamPage(below(identities.roles.list(account), PathPrefix), page, byName, of);
    return { Roles: items.map(listedRole), ...more };
  },
});

const updateRole = iamOperation({
  name: 'UpdateRole',
  limits: { RoleName: NAME_64, Description: DESCRIPTION, MaxSessionDuration: SESSION },
  access: (row) => [onEntity(row, ROLE, 'UpdateRole', roleName, boundaryKey)],
  handle: async ({ RoleName, Description, MaxSessionDuration }, { account }, { identities }) => {
    await identities.roles.change(account, RoleName, (role) => ({
      ...role,
      description: Description ?? role.description,
      maxSessionDuration: MaxSessionDuration ?? role.maxSessionDuration,
    }));
  },
});

const updateRoleDescription = iamOperation({
  name: 'UpdateRoleDescription',
  limits: { RoleName: NAME_64, Description: DESCRIPTION },
  access: (row) => [onEntity(row, ROLE, 'UpdateRoleDescription', roleName, boundaryKey)],
  handle: async ({ RoleName, Description }, { account }, { identities }) => {
    const role = await identities.roles.change(account, RoleName, (before) => ({
      ...before,
      description: Description,
    }));
    return { Role: listedRole(role) };
  },
});

const updateAssumeRolePolicy = iamOperation({
  name: 'UpdateAssumeRolePolicy',
  limits: { RoleName: NAME_64 },
  access: (row) => [onEntity(row, ROLE, 'UpdateAssumeRolePolicy', roleName, boundaryKey)],
  handle: async ({ RoleName, PolicyDocument }, { account }, { identities }) => {
    checkTrustPolicy(PolicyDocument);
    await identities.roles.change(account, RoleName, (role) => ({ ...role, trustPolicy: PolicyDocument }));
  },
});

const deleteRole = iamOperation({
  name: 'DeleteRole',
  limits: { RoleName: NAME_64 },
  access: (row) => [onEntity(row, ROLE, 'DeleteRole', roleName, boundaryKey)],
  handle: ({ RoleName }, { account }, { identities }) =>
    identities.roles.remove(account, RoleName, async ({ attachedPolicies, inlinePolicies }) => {
      for await (const { roles } of identities.instanceProfiles.list(account)) {
        if (!roles.includes(RoleName)) continue;
        throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
      }
      if (attachedPolicies.length > 0) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (Object.keys(inlinePolicies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
    }),
});

export const roleOperations = [
  createRole,
  getRole,
  listRoles,
  updateRole,
  updateRoleDescription,
  updateAssumeRolePolicy,
  deleteRole,
];
