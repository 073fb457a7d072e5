import { randomBytes } from 'node:crypto';
import { randomId } from '../../../core/random-id.js';
import { type AccessKeyRecord, noSuchEntity, type UserRecord } from '../../../iam/identity-record.js';
import { type IamRow, onEntity } from '../access.js';
import { callingUser } from '../calling-user.js';
import { USER } from '../entity-kind.js';
import { limitExceeded, NAME_64, PAGE, STATUS } from '../limits.js';
import { iamPage } from '../page.js';
import { iamOperation } from '../service-state.js';

const KEYS_PER_USER = 2;
const KEY_ID = { min: 16, max: 128, pattern: /[\w]+/ };

/** Access to the user whose keys these are: the one named, else the caller. */
const onUser = <Input extends { readonly UserName?: string | undefined }>(row: IamRow<Input>, action: string) =>
  onEntity(row, USER, action, ({ UserName }, call) => callingUser(UserName, call));

/** The user with its key changed. @throws AwsError NoSuchEntity */
function withKey(
  user: UserRecord,
  id: string,
  change: (key: AccessKeyRecord) => readonly AccessKeyRecord[],
): UserRecord {
  if (!user.accessKeys.some((key) => key.id === id)) {
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  }
  return { ...user, accessKeys: user.accessKeys.flatMap((key) => (key.id === id ? change(key) : key)) };
}

const createAccessKey = iamOperation({
  name: 'CreateAccessKey',
  limits: { UserName: NAME_64 },
  access: (row) => [onUser(row, 'CreateAccessKey')],
  handle: async ({ UserName }, call, { identities, now }) => {
    const key: AccessKeyRecord = {
      // CloudFormation's id: a creation that was cut off replaces its key, whose secret nobody has seen.
      id: call.resourceId ?? `AKIA${randomId.upper(16)}`,
      secret: randomBytes(30).toString('base64'),
      status: 'Active',
      created: now(),
    };
    const user = await identities.users.change(call.account, callingUser(UserName, call), (before) => {
      const others = before.accessKeys.filter(({ id }) => id !== key.id);
      if (others.length >= KEYS_PER_USER) {
        throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
      }
      return { ...before, accessKeys: [...others, key] };
    });
    return {
      AccessKey: {
        UserName: user.name,
        AccessKeyId: key.id,
        Status: key.status,
        SecretAccessKey: key.secret,
        CreateDate: new Date(key.created),
      },
    };
  },
});

const listAccessKeys = iamOperation({
  name: 'ListAccessKeys',
  limits: { UserName: NAME_64, ...PAGE },
  access: (row) => [onUser(row, 'ListAccessKeys')],
  handle: async ({ UserName, ...page }, call, { identities }) => {
    const { name, accessKeys } = await identities.users.get(call.account, callingUser(UserName, call));
    const { items, ...more } = await iamPage(accessKeys, page, ({ id }) => id, ['ListAccessKeys', name]);
    return {
      AccessKeyMetadata: items.map(({ id, status, created }) => ({
        UserName: name,
        AccessKeyId: id,
        Status: status,
        CreateDate: new Date(created),
      })),
      ...more,
    };
  },
});

const updateAccessKey = iamOperation({
  name: 'UpdateAccessKey',
  limits: { UserName: NAME_64, AccessKeyId: KEY_ID, Status: STATUS },
  access: (row) => [onUser(row, 'UpdateAccessKey')],
  handle: async ({ UserName, AccessKeyId, Status }, call, { identities }) => {
    const status = Status === 'Inactive' ? 'Inactive' : 'Active';
    await identities.users.change(call.account, callingUser(UserName, call), (user) =>
      withKey(user, AccessKeyId, (key) => [{ ...key, status }]),
    );
  },
});

const deleteAccessKey = iamOperation({
  name: 'DeleteAccessKey',
  limits: { UserName: NAME_64, AccessKeyId: KEY_ID },
  access: (row) => [onUser(row, 'DeleteAccessKey')],
  handle: async ({ UserName, AccessKeyId }, call, { identities }) => {
    await identities.users.change(call.account, callingUser(UserName, call), (user) =>
      withKey(user, AccessKeyId, () => []),
    );
  },
});

export const accessKeyOperations = [createAccessKey, listAccessKeys, updateAccessKey, deleteAccessKey];
