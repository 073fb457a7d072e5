import { randomId } from '../../../core/random-id.js';
import type { GroupRecord } from '../../../iam/identity-record.js';
import { onEntity, onList } from '../access.js';
import { GROUP, USER } from '../entity-kind.js';
import { deleteConflict, limitExceeded, NAME_64, NAME_128, PAGE, PATH, PATH_PREFIX } from '../limits.js';
import { groupOutput, listedUser } from '../output.js';
import { below, byName, iamPage } from '../page.js';
import { iamOperation } from '../service-state.js';

const GROUPS_PER_USER = 10;
const groupName = ({ GroupName }: { readonly GroupName: string }) => GroupName;

const createGroup = iamOperation({
  name: 'CreateGroup',
  limits: { Path: PATH, GroupName: NAME_128 },
  access: (row) => [onEntity(row, GROUP, 'CreateGroup', groupName)],
  handle: async ({ GroupName, Path = '/' }, { account }, { identities, now }) => {
    const group: GroupRecord = {
      name: GroupName,
      path: Path,
      id: `AGPA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${account}:group${Path}${GroupName}`,
      created: now(),
      inlinePolicies: {},
      attachedPolicies: [],
    };
    await identities.groups.add(account, group);
    return { Group: groupOutput(group) };
  },
});

const getGroup = iamOperation({
  name: 'GetGroup',
  limits: { GroupName: NAME_128, ...PAGE },
  access: (row) => [onEntity(row, GROUP, 'GetGroup', groupName)],
  handle: async ({ GroupName, ...page }, { account }, { identities }) => {
    const group = await identities.groups.get(account, GroupName);
    const members = identities.members(account, GroupName);
    const { items, ...more } = await iamPage(members, page, byName, ['GetGroup', GroupName]);
    return { Group: groupOutput(group), Users: items.map(listedUser), ...more };
  },
});

const listGroups = iamOperation({
  name: 'ListGroups',
  limits: { PathPrefix: PATH_PREFIX, ...PAGE },
  access: (row) => [onList(row, 'ListGroups', 'group')],
  handle: async ({ PathPrefix = '/', ...page }, { account }, { identities }) => {
    const of = ['ListGroups', PathPrefix];
    const { items, ...more } = await iamPage(below(identities.groups.list(account), PathPrefix), page, byName, of);
    return { Groups: items.map(groupOutput), ...more };
  },
});

const updateGroup = iamOperation({
  name: 'UpdateGroup',
  limits: { GroupName: NAME_128, NewPath: PATH, NewGroupName: NAME_128 },
  access: (row) => [onEntity(row, GROUP, 'UpdateGroup', groupName)],
  handle: async ({ GroupName, NewPath, NewGroupName }, { account }, { identities }) => {
    await identities.groups.change(account, GroupName, (group) => {
      const path = NewPath ?? group.path;
      const name = NewGroupName ?? group.name;
      return { ...group, path, name, arn: `arn:aws:iam::${account}:group${path}${name}` };
    });
  },
});

const deleteGroup = iamOperation({
  name: 'DeleteGroup',
  limits: { GroupName: NAME_128 },
  access: (row) => [onEntity(row, GROUP, 'DeleteGroup', groupName)],
  handle: ({ GroupName }, { account }, { identities }) =>
    identities.groups.remove(account, GroupName, async ({ attachedPolicies, inlinePolicies }) => {
      for await (const _member of identities.members(account, GroupName)) {
        throw deleteConflict('Cannot delete entity, must remove users from group first.');
      }
      if (attachedPolicies.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
      if (Object.keys(inlinePolicies).length > 0) {
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      }
    }),
});

const addUserToGroup = iamOperation({
  name: 'AddUserToGroup',
  limits: { GroupName: NAME_128, UserName: NAME_64 },
  access: (row) => [onEntity(row, GROUP, 'AddUserToGroup', groupName)],
  handle: async ({ GroupName, UserName }, { account }, { identities }) => {
    await identities.users.change(account, UserName, async (user) => {
      await identities.groups.get(account, GroupName);
      const groups = [...new Set([...user.groups, GroupName])];
      if (groups.length > GROUPS_PER_USER) {
        throw limitExceeded(`Cannot exceed quota for GroupsPerUser: ${GROUPS_PER_USER}`);
      }
      return { ...user, groups };
    });
  },
});

const removeUserFromGroup = iamOperation({
  name: 'RemoveUserFromGroup',
  limits: { GroupName: NAME_128, UserName: NAME_64 },
  access: (row) => [onEntity(row, GROUP, 'RemoveUserFromGroup', groupName)],
  handle: async ({ GroupName, UserName }, { account }, { identities }) => {
    await identities.users.change(account, UserName, async (user) => {
      await identities.groups.get(account, GroupName);
      return { ...user, groups: user.groups.filter((name) => name !== GroupName) };
    });
  },
});

const listGroupsForUser = iamOperation({
  name: 'ListGroupsForUser',
  limits: { UserName: NAME_64, ...PAGE },
  access: (row) => [onEntity(row, USER, 'ListGroupsForUser', ({ UserName }) => UserName)],
  handle: async ({ UserName, ...page }, { account }, { identities }) => {
    const { groups } = await identities.users.get(account, UserName);
    const joined = await Promise.all(
      groups.map(async (name, at) => ({ at, group: await identities.groups.get(account, name) })),
    );
    const { items, ...more } = await iamPage(joined, page, ({ at }) => String(at).padStart(4, '0'), [
      'ListGroupsForUser',
      UserName,
    ]);
    return { Groups: items.map(({ group }) => groupOutput(group)), ...more };
  },
});

export const groupOperations = [
  createGroup,
  getGroup,
  listGroups,
  updateGroup,
  deleteGroup,
  addUserToGroup,
  removeUserFromGroup,
  listGroupsForUser,
];
