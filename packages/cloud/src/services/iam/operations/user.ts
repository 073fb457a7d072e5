import { randomId } from '../../../core/random-id.js';
import type { UserRecord } from '../../../iam/identity-record.js';
import { boundaryKey, onEntity, onList, onNew } from '../access.js';
import { callingUser } from '../calling-user.js';
import { USER } from '../entity-kind.js';
import { deleteConflict, NAME_64, PAGE, PATH, PATH_PREFIX, TAGS } from '../limits.js';
import { listedUser, userOutput } from '../output.js';
import { below, byName, iamPage } from '../page.js';
import { checkBoundary } from '../policy-arn.js';
import { iamOperation } from '../service-state.js';
import { newTags, tagsOf } from '../tagging.js';

const userName = ({ UserName }: { readonly UserName: string }) => UserName;

const createUser = iamOperation({
  name: 'CreateUser',
  limits: { Path: PATH, UserName: NAME_64, Tags: TAGS },
  parse: ({ Path = '/', Tags, ...input }) => ({ ...input, Path, tags: tagsOf(Tags) }),
  access: (row) => onNew(row, 'user', 'User', userName, boundaryKey),
  handle: async ({ UserName, Path, PermissionsBoundary, tags }, call, { identities, now }) => {
    if (PermissionsBoundary !== undefined) await checkBoundary(identities, PermissionsBoundary);
    const user: UserRecord = {
      name: UserName,
      path: Path,
      id: `AIDA${randomId.upper(17)}`,
      arn: `arn:aws:iam::${call.account}:user${Path}${UserName}`,
      created: now(),
      inlinePolicies: {},
      attachedPolicies: [],
      permissionsBoundary: PermissionsBoundary,
      tags: newTags(tags, call),
      groups: [],
      accessKeys: [],
      serviceCredentials: [],
    };
    await identities.users.add(call.account, user);
    return { User: userOutput(user) };
  },
});

const getUser = iamOperation({
  name: 'GetUser',
  limits: { UserName: NAME_64 },
  access: (row) => [
    onEntity(row, USER, 'GetUser', ({ UserName }, call) =>
      UserName === undefined && call.principal.kind === 'root' ? 'root' : callingUser(UserName, call),
    ),
  ],
  handle: async ({ UserName }, call, { identities }) => {
    const { account, principal } = call;
    if (UserName === undefined && principal.kind === 'root') {
      const root = { UserId: account, Arn: `arn:aws:iam::${account}:root`, UserName: undefined, Path: undefined };
      // The root user has no name and no path; it is as old as the account, which here has no age.
      return { User: { ...root, CreateDate: new Date(0) } };
    }
    return { User: userOutput(await identities.users.get(account, callingUser(UserName, call))) };
  },
});

const listUsers = iamOperation({
  name: 'ListUsers',
  limits: { PathPrefix: PATH_PREFIX, ...PAGE },
  access: (row) => [onList(row, 'ListUsers', 'user')],
  handle: async ({ PathPrefix = '/', ...page }, { account }, { identities }) => {
    const of = ['ListUsers', PathPrefix];
    const { items, ...more } = await iamPage(below(identities.users.list(account), PathPrefix), page, byName, of);
    return { Users: items.map(listedUser), ...more };
  },
});

const updateUser = iamOperation({
  name: 'UpdateUser',
  limits: { UserName: NAME_64, NewPath: PATH, NewUserName: NAME_64 },
  access: (row) => [onEntity(row, USER, 'UpdateUser', userName)],
  handle: async ({ UserName, NewPath, NewUserName }, { account }, { identities }) => {
    await identities.users.change(account, UserName, (user) => {
      const path = NewPath ?? user.path;
      const name = NewUserName ?? user.name;
      return { ...user, path, name, arn: `arn:aws:iam::${account}:user${path}${name}` };
    });
  },
});

/** The things that keep a user from being deleted, in the order in which IAM checks. */
const KEEPERS: readonly (readonly [keeps: (user: UserRecord) => boolean, first: string])[] = [
  [({ attachedPolicies }) => attachedPolicies.length > 0, 'detach all policies'],
  [({ inlinePolicies }) => Object.keys(inlinePolicies).length > 0, 'delete policies'],
  [({ groups }) => groups.length > 0, 'remove users from group'],
  [({ accessKeys }) => accessKeys.length > 0, 'delete access keys'],
  [({ loginProfile }) => loginProfile !== undefined, 'delete login profile'],
  [({ serviceCredentials }) => serviceCredentials.length > 0, 'remove referenced objects'],
];

const deleteUser = iamOperation({
  name: 'DeleteUser',
  limits: { UserName: NAME_64 },
  access: (row) => [onEntity(row, USER, 'DeleteUser', userName)],
  handle: ({ UserName }, { account }, { identities }) =>
    identities.users.remove(account, UserName, (user) => {
      for (const [keeps, first] of KEEPERS) {
        if (keeps(user)) throw deleteConflict(`Cannot delete entity, must ${first} first.`);
      }
    }),
});

export const userOperations = [createUser, getUser, listUsers, updateUser, deleteUser];
