import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { pageOf } from '../../../kit/page.js';
import { invalidToken, noGroup } from '../cognito-error.js';
import type { CognitoStore } from '../cognito-store.js';
import { DESCRIPTION, GROUP_NAME, PAGE, PAGE_TOKEN, POOL_ID, USERNAME } from '../limits.js';
import type { GroupRecord } from '../pools/pool-record.js';
import { cognitoOperation, onPool } from '../service-state.js';
import { userNamed } from '../users/find-user.js';
import { userOutput } from '../users/user-output.js';

const SETTINGS = {
  UserPoolId: POOL_ID,
  GroupName: GROUP_NAME,
  Description: DESCRIPTION,
  RoleArn: { min: 20, max: 2048 },
  Precedence: { min: 0 },
};

function groupOutput({ name, poolId, description, roleArn, precedence, created, modified }: GroupRecord) {
  return {
    GroupName: name,
    UserPoolId: poolId,
    Description: description,
    RoleArn: roleArn,
    Precedence: precedence,
    CreationDate: new Date(created),
    LastModifiedDate: new Date(modified),
  };
}

/** @throws AwsError ResourceNotFoundException */
function groupIn(store: CognitoStore, call: Call, poolId: string, name: string) {
  const pool = store.get(call, poolId);
  const group = pool.groups.get(name);
  if (!group) throw noGroup();
  return { pool, group };
}

export const createGroup = cognitoOperation({
  name: 'CreateGroup',
  limits: SETTINGS,
  access: (row) => [onPool(row, 'CreateGroup')],
  handle: async ({ UserPoolId, GroupName, Description, RoleArn, Precedence }, call, { store, context }) => {
    const { groups } = store.get(call, UserPoolId);
    if (groups.has(GroupName)) throw new AwsError('GroupExistsException', 'A group with the name already exists.');
    const now = context.now();
    const value: GroupRecord = {
      name: GroupName,
      poolId: UserPoolId,
      description: Description,
      roleArn: RoleArn,
      precedence: Precedence,
      created: now,
      modified: now,
    };
    await store.change({ kind: 'group', poolId: UserPoolId, name: GroupName, value });
    return { Group: groupOutput(value) };
  },
});

export const getGroup = cognitoOperation({
  name: 'GetGroup',
  limits: { UserPoolId: POOL_ID, GroupName: GROUP_NAME },
  access: (row) => [onPool(row, 'GetGroup')],
  handle: ({ UserPoolId, GroupName }, call, { store }) => ({
    Group: groupOutput(groupIn(store, call, UserPoolId, GroupName).group),
  }),
});

export const updateGroup = cognitoOperation({
  name: 'UpdateGroup',
  limits: SETTINGS,
  access: (row) => [onPool(row, 'UpdateGroup')],
  handle: async ({ UserPoolId, GroupName, Description, RoleArn, Precedence }, call, { store, context }) => {
    const { group } = groupIn(store, call, UserPoolId, GroupName);
    const value: GroupRecord = {
      ...group,
      description: Description ?? group.description,
      roleArn: RoleArn ?? group.roleArn,
      precedence: Precedence ?? group.precedence,
      modified: context.now(),
    };
    await store.change({ kind: 'group', poolId: UserPoolId, name: GroupName, value });
    return { Group: groupOutput(value) };
  },
});

export const deleteGroup = cognitoOperation({
  name: 'DeleteGroup',
  limits: { UserPoolId: POOL_ID, GroupName: GROUP_NAME },
  access: (row) => [onPool(row, 'DeleteGroup')],
  handle: async ({ UserPoolId, GroupName }, call, { store }) => {
    const { pool } = groupIn(store, call, UserPoolId, GroupName);
    const members = pool.users.list().filter(({ groups }) => groups.includes(GroupName));
    await store.change(
      { kind: 'group', poolId: UserPoolId, name: GroupName, value: undefined },
      ...members.map((user) => ({
        kind: 'user' as const,
        poolId: UserPoolId,
        name: user.username,
        value: { ...user, groups: user.groups.filter((name) => name !== GroupName) },
      })),
    );
  },
});

export const listGroups = cognitoOperation({
  name: 'ListGroups',
  limits: { UserPoolId: POOL_ID, Limit: PAGE, NextToken: PAGE_TOKEN },
  access: (row) => [onPool(row, 'ListGroups')],
  handle: ({ UserPoolId, Limit, NextToken }, call, { store }) => {
    const groups = [...store.get(call, UserPoolId).groups.values()];
    return groupPage(groups, Limit, NextToken, ['ListGroups', UserPoolId]);
  },
});

function groupPage(
  groups: readonly GroupRecord[],
  limit: number | undefined,
  token: string | undefined,
  of: readonly unknown[],
) {
  const sorted = [...groups].sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, next } = pageOf(sorted, {
    keyOf: ({ name }) => name,
    limit: limit || 60,
    token,
    of,
    refuse: invalidToken,
  });
  return { Groups: items.map(groupOutput), NextToken: next };
}

const MEMBERSHIP = { UserPoolId: POOL_ID, Username: USERNAME, GroupName: GROUP_NAME };

export const adminAddUserToGroup = cognitoOperation({
  name: 'AdminAddUserToGroup',
  limits: MEMBERSHIP,
  access: (row) => [onPool(row, 'AdminAddUserToGroup')],
  handle: async ({ UserPoolId, Username, GroupName }, call, { store }) => {
    const { pool } = groupIn(store, call, UserPoolId, GroupName);
    const user = userNamed(pool, Username);
    if (user.groups.includes(GroupName)) return;
    await store.putUser({ ...user, groups: [...user.groups, GroupName] });
  },
});

export const adminRemoveUserFromGroup = cognitoOperation({
  name: 'AdminRemoveUserFromGroup',
  limits: MEMBERSHIP,
  access: (row) => [onPool(row, 'AdminRemoveUserFromGroup')],
  handle: async ({ UserPoolId, Username, GroupName }, call, { store }) => {
    const { pool } = groupIn(store, call, UserPoolId, GroupName);
    const user = userNamed(pool, Username);
    await store.putUser({ ...user, groups: user.groups.filter((name) => name !== GroupName) });
  },
});

export const adminListGroupsForUser = cognitoOperation({
  name: 'AdminListGroupsForUser',
  limits: { UserPoolId: POOL_ID, Username: USERNAME, Limit: PAGE, NextToken: PAGE_TOKEN },
  access: (row) => [onPool(row, 'AdminListGroupsForUser')],
  handle: ({ UserPoolId, Username, Limit, NextToken }, call, { store }) => {
    const pool = store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    const groups = user.groups.flatMap((name) => pool.groups.get(name) ?? []);
    return groupPage(groups, Limit, NextToken, ['AdminListGroupsForUser', UserPoolId, user.username]);
  },
});

export const listUsersInGroup = cognitoOperation({
  name: 'ListUsersInGroup',
  limits: { UserPoolId: POOL_ID, GroupName: GROUP_NAME, Limit: PAGE, NextToken: PAGE_TOKEN },
  access: (row) => [onPool(row, 'ListUsersInGroup')],
  handle: ({ UserPoolId, GroupName, Limit, NextToken }, call, { store }) => {
    const { pool } = groupIn(store, call, UserPoolId, GroupName);
    const members = pool.users.sorted().filter(({ groups }) => groups.includes(GroupName));
    const { items, next } = pageOf(members, {
      keyOf: ({ username }) => username,
      limit: Limit || 60,
      token: NextToken,
      of: ['ListUsersInGroup', UserPoolId, GroupName],
      refuse: invalidToken,
    });
    return { Users: items.map((user) => userOutput(user)), NextToken: next };
  },
});
