import { holderOf } from '../auth/access-token.js';
import { invalidParameter, notAuthorized, wrongPassword } from '../cognito-error.js';
import { ATTRIBUTE_NAMES, ATTRIBUTES, CODE, PASSWORD, TOKEN } from '../limits.js';
import { cognitoOperation } from '../service-state.js';
import { mayRead, mayWrite } from '../tokens/claims.js';
import { changeAttributes, withoutAttributes } from '../users/change-attributes.js';
import { checkCode, withoutCode } from '../users/codes.js';
import { aliasLosers } from '../users/new-user.js';
import { checkPassword, isPassword, newPassword } from '../users/password.js';
import { sendCode } from '../users/send-code.js';
import { attributeList, fromAttributeList } from '../users/user-output.js';
import type { UserRecord } from '../users/user-record.js';

// The operations of somebody who has signed in, by whose access token they are.

export const getUser = cognitoOperation({
  name: 'GetUser',
  limits: { AccessToken: TOKEN },
  access: () => [],
  handle: async ({ AccessToken }, _call, state) => {
    const { user, client } = await holderOf(state, AccessToken);
    return { Username: user.username, UserAttributes: attributeList(user, (name) => mayRead(client, name)) };
  },
});

export const updateUserAttributes = cognitoOperation({
  name: 'UpdateUserAttributes',
  limits: { AccessToken: TOKEN, UserAttributes: ATTRIBUTES },
  access: () => [],
  handle: async ({ AccessToken, UserAttributes, ClientMetadata }, _call, state) => {
    const { pool, user, client } = await holderOf(state, AccessToken);
    const given = fromAttributeList(UserAttributes);
    if (Object.keys(given).some((name) => !mayWrite(client, name))) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
    const deliveries = await changeAttributes(state, pool, user, given, {
      clientId: client.id,
      clientMetadata: ClientMetadata,
    });
    return { CodeDeliveryDetailsList: deliveries };
  },
});

export const deleteUserAttributes = cognitoOperation({
  name: 'DeleteUserAttributes',
  limits: { AccessToken: TOKEN, UserAttributeNames: ATTRIBUTE_NAMES },
  access: () => [],
  handle: async ({ AccessToken, UserAttributeNames }, _call, state) => {
    const { pool, user, client } = await holderOf(state, AccessToken);
    if (UserAttributeNames.some((name) => !mayWrite(client, name))) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
    await state.store.putUser(withoutAttributes(pool, user, UserAttributeNames, state.context.now()));
  },
});

/** @throws AwsError InvalidParameterException for attributes that no code verifies, or that the user has not */
function verifiable({ attributes, pending }: UserRecord, name: string): { address: string; attribute: string } {
  if (name !== 'email' && name !== 'phone_number') throw invalidParameter(`Attribute ${name} cannot be verified.`);
  const address = pending?.[name] ?? attributes[name];
  if (address === undefined) throw invalidParameter(`User does not have attribute ${name}.`);
  return { address, attribute: name };
}

export const getUserAttributeVerificationCode = cognitoOperation({
  name: 'GetUserAttributeVerificationCode',
  limits: { AccessToken: TOKEN },
  access: () => [],
  handle: async ({ AccessToken, AttributeName, ClientMetadata }, _call, state) => {
    const { pool, user, client } = await holderOf(state, AccessToken);
    const CodeDeliveryDetails = await sendCode(state, pool, user, {
      ...verifiable(user, AttributeName),
      use: `verify:${AttributeName}`,
      purpose: 'VerifyUserAttribute',
      clientId: client.id,
      clientMetadata: ClientMetadata,
    });
    return { CodeDeliveryDetails };
  },
});

export const verifyUserAttribute = cognitoOperation({
  name: 'VerifyUserAttribute',
  limits: { AccessToken: TOKEN, Code: CODE },
  access: () => [],
  handle: async ({ AccessToken, AttributeName, Code }, _call, state) => {
    const { pool, user } = await holderOf(state, AccessToken);
    const { address } = verifiable(user, AttributeName);
    const use = `verify:${AttributeName}`;
    checkCode(user, use, Code, state.context.now());
    const { [AttributeName]: _, ...pending } = user.pending ?? {};
    const value: UserRecord = {
      ...withoutCode(user, use),
      attributes: { ...user.attributes, [AttributeName]: address, [`${AttributeName}_verified`]: 'true' },
      pending,
      modified: state.context.now(),
    };
    aliasLosers(pool, value, AttributeName, false);
    await state.store.putUser(value);
  },
});

export const changePassword = cognitoOperation({
  name: 'ChangePassword',
  limits: { AccessToken: TOKEN, PreviousPassword: PASSWORD, ProposedPassword: PASSWORD },
  access: () => [],
  handle: async ({ AccessToken, PreviousPassword, ProposedPassword }, _call, state) => {
    const { pool, user } = await holderOf(state, AccessToken);
    state.attempts.check(user);
    if (user.password && !isPassword(user, PreviousPassword ?? '')) {
      state.attempts.failed(user);
      throw wrongPassword();
    }
    state.attempts.succeeded(user);
    checkPassword(ProposedPassword, pool.record.settings);
    const password = newPassword(user, ProposedPassword);
    await state.store.putUser({ ...user, password, modified: state.context.now() });
  },
});

export const deleteUser = cognitoOperation({
  name: 'DeleteUser',
  limits: { AccessToken: TOKEN },
  access: () => [],
  handle: async ({ AccessToken }, _call, state) => {
    const { user } = await holderOf(state, AccessToken);
    await state.store.deleteUser(user);
  },
});

export const globalSignOut = cognitoOperation({
  name: 'GlobalSignOut',
  limits: { AccessToken: TOKEN },
  access: () => [],
  handle: async ({ AccessToken }, _call, state) => {
    const { user } = await holderOf(state, AccessToken);
    await state.store.putUser({ ...user, signedOut: state.context.now() });
  },
});
