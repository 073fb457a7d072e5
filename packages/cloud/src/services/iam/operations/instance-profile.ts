import { randomId } from '../../../core/random-id.js';
import type { Identities } from '../../../iam/identities.js';
import { type InstanceProfileRecord, noSuchEntity, type RoleRecord } from '../../../iam/identity-record.js';
import { passRole } from '../../../iam/pass-role.js';
import { onEntity, onList, onNew } from '../access.js';
import { INSTANCE_PROFILE, ROLE } from '../entity-kind.js';
import { deleteConflict, limitExceeded, NAME_64, NAME_128, PAGE, PATH, PATH_PREFIX, TAGS } from '../limits.js';
import { instanceProfileOutput } from '../output.js';
import { below, byName, iamPage } from '../page.js';
import { iamOperation } from '../service-state.js';
import { newTags, tagsOf } from '../tagging.js';

const profileName = ({ InstanceProfileName }: { readonly InstanceProfileName: string }) => InstanceProfileName;

async function shown(account: string, profile: InstanceProfileRecord, { roles }: Identities) {
  const found = await Promise.all(profile.roles.map((name) => roles.find(account, name)));
  return instanceProfileOutput(
    profile,
    found.filter((role): role is RoleRecord => role !== undefined),
  );
}

const createInstanceProfile = iamOperation({
  name: 'CreateInstanceProfile',
  limits: { InstanceProfileName: NAME_128, Path: PATH, Tags: TAGS },
  parse: ({ InstanceProfileName, Path = '/', Tags }) => ({ InstanceProfileName, Path, tags: tagsOf(Tags) }),
  access: (row) => onNew(row, 'instance-profile', 'InstanceProfile', profileName),
  handle: async ({ InstanceProfileName, Path, tags }, call, { identities, now }) => {
    const profile: InstanceProfileRecord = {
      name: InstanceProfileName,
      path: Path,
      id: `AIPA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${call.account}:instance-profile${Path}${InstanceProfileName}`,
      created: now(),
      roles: [],
      tags: newTags(tags, call),
    };
    await identities.instanceProfiles.add(call.account, profile);
    return { InstanceProfile: instanceProfileOutput(profile, []) };
  },
});

const getInstanceProfile = iamOperation({
  name: 'GetInstanceProfile',
  limits: { InstanceProfileName: NAME_128 },
  access: (row) => [onEntity(row, INSTANCE_PROFILE, 'GetInstanceProfile', profileName)],
  handle: async ({ InstanceProfileName }, { account }, { identities }) => {
    const profile = await identities.instanceProfiles.get(account, InstanceProfileName);
    return { InstanceProfile: await shown(account, profile, identities) };
  },
});

const listInstanceProfiles = iamOperation({
  name: 'ListInstanceProfiles',
  limits: { PathPrefix: PATH_PREFIX, ...PAGE },
  access: (row) => [onList(row, 'ListInstanceProfiles', 'instance-profile')],
  handle: async ({ PathPrefix = '/', ...page }, { account }, { identities }) => {
    const profiles = below(identities.instanceProfiles.list(account), PathPrefix);
    const { items, ...more } = await iamPage(profiles, page, byName, ['ListInstanceProfiles', PathPrefix]);
    return { InstanceProfiles: await Promise.all(items.map((each) => shown(account, each, identities))), ...more };
  },
});

const listInstanceProfilesForRole = iamOperation({
  name: 'ListInstanceProfilesForRole',
  limits: { RoleName: NAME_64, ...PAGE },
  access: (row) => [onEntity(row, ROLE, 'ListInstanceProfilesForRole', ({ RoleName }) => RoleName)],
  handle: async ({ RoleName, ...page }, { account }, { identities }) => {
    await identities.roles.get(account, RoleName);
    const profiles: InstanceProfileRecord[] = [];
    for await (const profile of identities.instanceProfiles.list(account)) {
      if (profile.roles.includes(RoleName)) profiles.push(profile);
    }
    const { items, ...more } = await iamPage(profiles, page, byName, ['ListInstanceProfilesForRole', RoleName]);
    return { InstanceProfiles: await Promise.all(items.map((each) => shown(account, each, identities))), ...more };
  },
});

const addRoleToInstanceProfile = iamOperation({
  name: 'AddRoleToInstanceProfile',
  limits: { InstanceProfileName: NAME_128, RoleName: NAME_64 },
  access: (row) => [
    onEntity(row, INSTANCE_PROFILE, 'AddRoleToInstanceProfile', profileName),
    passRole(row, {
      service: 'ec2.amazonaws.com',
      store: ({ store }) => store,
      roleOf: async ({ RoleName }, { account }, { identities }) =>
        (await identities.roles.find(account, RoleName))?.arn,
    }),
  ],
  handle: async ({ InstanceProfileName, RoleName }, { account }, { identities }) => {
    await identities.instanceProfiles.change(account, InstanceProfileName, async (profile) => {
      await identities.roles.get(account, RoleName);
      if (profile.roles.length > 0)
        throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
      return { ...profile, roles: [RoleName] };
    });
  },
});

const removeRoleFromInstanceProfile = iamOperation({
  name: 'RemoveRoleFromInstanceProfile',
  limits: { InstanceProfileName: NAME_128, RoleName: NAME_64 },
  access: (row) => [onEntity(row, INSTANCE_PROFILE, 'RemoveRoleFromInstanceProfile', profileName)],
  handle: async ({ InstanceProfileName, RoleName }, { account }, { identities }) => {
    await identities.instanceProfiles.change(account, InstanceProfileName, (profile) => {
      if (!profile.roles.includes(RoleName)) throw noSuchEntity(`Role ${RoleName} cannot be found.`);
      return { ...profile, roles: [] };
    });
  },
});

const deleteInstanceProfile = iamOperation({
  name: 'DeleteInstanceProfile',
  limits: { InstanceProfileName: NAME_128 },
  access: (row) => [onEntity(row, INSTANCE_PROFILE, 'DeleteInstanceProfile', profileName)],
  handle: ({ InstanceProfileName }, { account }, { identities }) =>
    identities.instanceProfiles.remove(account, InstanceProfileName, ({ roles }) => {
      if (roles.length > 0) {
        throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
      }
    }),
});

export const instanceProfileOperations = [
  createInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  addRoleToInstanceProfile,
  removeRoleFromInstanceProfile,
  deleteInstanceProfile,
];
