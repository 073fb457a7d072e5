import { notAuthorized } from '../cognito-error.js';
import { ATTRIBUTE_NAMES, ATTRIBUTES, POOL_ID, USERNAME } from '../limits.js';
import { cognitoOperation, onPool } from '../service-state.js';
import { changeAttributes, withoutAttributes } from '../users/change-attributes.js';
import { userNamed } from '../users/find-user.js';
import { afterConfirmation } from '../users/post-confirmation.js';
import { attributeList, fromAttributeList } from '../users/user-output.js';
import type { UserRecord } from '../users/user-record.js';

const USER = { UserPoolId: POOL_ID, Username: USERNAME };

export const adminGetUser = cognitoOperation({
  name: 'AdminGetUser',
  limits: USER,
  access: (row) => [onPool(row, 'AdminGetUser')],
  handle: ({ UserPoolId, Username }, call, { store }) => {
    const user = userNamed(store.get(call, UserPoolId), Username);
    return {
      Username: user.username,
      UserAttributes: attributeList(user),
      UserCreateDate: new Date(user.created),
      UserLastModifiedDate: new Date(user.modified),
      Enabled: user.enabled,
      UserStatus: user.status,
    };
  },
});

export const adminConfirmSignUp = cognitoOperation({
  name: 'AdminConfirmSignUp',
  limits: USER,
  access: (row) => [onPool(row, 'AdminConfirmSignUp')],
  handle: async ({ UserPoolId, Username, ClientMetadata: clientMetadata }, call, { store, triggers, context }) => {
    const pool = store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const confirmed: UserRecord = { ...user, status: 'CONFIRMED', modified: context.now() };
    await store.putUser(confirmed);
    await afterConfirmation(triggers, pool, confirmed, 'ConfirmSignUp', { clientMetadata });
  },
});

export const adminUpdateUserAttributes = cognitoOperation({
  name: 'AdminUpdateUserAttributes',
  limits: { ...USER, UserAttributes: ATTRIBUTES },
  access: (row) => [onPool(row, 'AdminUpdateUserAttributes')],
  handle: async ({ UserPoolId, Username, UserAttributes, ClientMetadata }, call, state) => {
    const pool = state.store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    await changeAttributes(state, pool, user, fromAttributeList(UserAttributes), { clientMetadata: ClientMetadata });
  },
});

export const adminDeleteUserAttributes = cognitoOperation({
  name: 'AdminDeleteUserAttributes',
  limits: { ...USER, UserAttributeNames: ATTRIBUTE_NAMES },
  access: (row) => [onPool(row, 'AdminDeleteUserAttributes')],
  handle: async ({ UserPoolId, Username, UserAttributeNames }, call, { store, context }) => {
    const pool = store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    await store.putUser(withoutAttributes(pool, user, UserAttributeNames, context.now()));
  },
});

export const adminEnableUser = cognitoOperation({
  name: 'AdminEnableUser',
  limits: USER,
  access: (row) => [onPool(row, 'AdminEnableUser')],
  handle: async ({ UserPoolId, Username }, call, { store, context }) => {
    const user = userNamed(store.get(call, UserPoolId), Username);
    await store.putUser({ ...user, enabled: true, modified: context.now() });
  },
});

export const adminDisableUser = cognitoOperation({
  name: 'AdminDisableUser',
  limits: USER,
  access: (row) => [onPool(row, 'AdminDisableUser')],
  handle: async ({ UserPoolId, Username }, call, { store, context }) => {
    const user = userNamed(store.get(call, UserPoolId), Username);
    // Its tokens end with it, and do not come back when it is enabled again.
    await store.putUser({ ...user, enabled: false, signedOut: context.now(), modified: context.now() });
  },
});

export const adminDeleteUser = cognitoOperation({
  name: 'AdminDeleteUser',
  limits: USER,
  access: (row) => [onPool(row, 'AdminDeleteUser')],
  handle: async ({ UserPoolId, Username }, call, { store }) => {
    await store.deleteUser(userNamed(store.get(call, UserPoolId), Username));
  },
});

export const adminUserGlobalSignOut = cognitoOperation({
  name: 'AdminUserGlobalSignOut',
  limits: USER,
  access: (row) => [onPool(row, 'AdminUserGlobalSignOut')],
  handle: async ({ UserPoolId, Username }, call, { store, context }) => {
    const user = userNamed(store.get(call, UserPoolId), Username);
    await store.putUser({ ...user, signedOut: context.now() });
  },
});
