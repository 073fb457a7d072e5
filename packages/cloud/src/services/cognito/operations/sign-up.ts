import { AwsError } from '../../../core/aws-error.js';
import { checkSecretHash } from '../auth/secret-hash.js';
import { isSilent } from '../auth/sign-in.js';
import { invalidParameter, notAuthorized } from '../cognito-error.js';
import { ATTRIBUTES, CLIENT_ID, CODE, PASSWORD, SECRET_HASH, USERNAME } from '../limits.js';
import { checkAttributes } from '../pools/schema.js';
import { cognitoOperation } from '../service-state.js';
import { mayWrite } from '../tokens/claims.js';
import { checkCode, expiredCode, withoutCode } from '../users/codes.js';
import { findUser } from '../users/find-user.js';
import { aliasLosers, checkNameFree, newIdentity } from '../users/new-user.js';
import { checkPassword, newPassword } from '../users/password.js';
import { afterConfirmation } from '../users/post-confirmation.js';
import { beforeSignUp } from '../users/pre-sign-up.js';
import { sendCode, verifiedByCode } from '../users/send-code.js';
import { simulatedDelivery } from '../users/simulated-delivery.js';
import { fromAttributeList } from '../users/user-output.js';
import type { UserRecord } from '../users/user-record.js';

export const noCombination = (): AwsError =>
  new AwsError('UserNotFoundException', 'Username/client id combination not found.');

export const signUp = cognitoOperation({
  name: 'SignUp',
  limits: {
    ClientId: CLIENT_ID,
    SecretHash: SECRET_HASH,
    Username: USERNAME,
    Password: PASSWORD,
    UserAttributes: ATTRIBUTES,
  },
  access: () => [],
  handle: async (input, call, state) => {
    const { store, triggers, context } = state;
    const { pool, client } = store.client(call, input.ClientId);
    checkSecretHash(client, [input.Username], input.SecretHash);
    const { AdminCreateUserConfig } = pool.record.settings;
    if (AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
      throw notAuthorized('SignUp is not permitted for this user pool');
    }
    if (input.Password === undefined) throw invalidParameter('Password is required');
    const identity = newIdentity(pool, input.Username);
    const given = fromAttributeList(input.UserAttributes);
    const attributes = { ...given, ...identity.named };
    if (Object.keys(given).some((name) => !mayWrite(client, name))) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
    checkAttributes(pool.record, attributes, { isNew: true });
    checkPassword(input.Password, pool.record.settings);
    checkNameFree(pool, identity, attributes);
    const { username, sub } = identity;
    const { ClientMetadata: clientMetadata } = input;
    const decision = await beforeSignUp(triggers, pool, {
      cause: 'SignUp',
      username,
      attributes,
      clientId: client.id,
      validationData: input.ValidationData,
      clientMetadata,
    });
    // Another may have taken the name while the function ran.
    checkNameFree(pool, identity, attributes);
    const now = context.now();
    const user: UserRecord = {
      poolId: pool.record.id,
      username,
      sub,
      attributes: { ...attributes, ...decision.verified },
      status: decision.confirmed ? 'CONFIRMED' : 'UNCONFIRMED',
      enabled: true,
      groups: [],
      password: newPassword({ poolId: pool.record.id, username }, input.Password),
      created: now,
      modified: now,
    };
    await store.putUser(user);
    if (decision.confirmed) {
      await afterConfirmation(triggers, pool, user, 'ConfirmSignUp', { clientId: client.id, clientMetadata });
      return { UserConfirmed: true, UserSub: sub };
    }
    const attribute = verifiedByCode(pool, user.attributes);
    if (attribute === undefined) return { UserConfirmed: false, UserSub: sub };
    const request = { use: 'signUp', purpose: 'SignUp', attribute, clientId: client.id, clientMetadata } as const;
    return { UserConfirmed: false, UserSub: sub, CodeDeliveryDetails: await sendCode(state, pool, user, request) };
  },
});

export const confirmSignUp = cognitoOperation({
  name: 'ConfirmSignUp',
  limits: { ClientId: CLIENT_ID, SecretHash: SECRET_HASH, Username: USERNAME, ConfirmationCode: CODE },
  access: () => [],
  handle: async (input, call, { store, triggers, context }) => {
    const { pool, client } = store.client(call, input.ClientId);
    checkSecretHash(client, [input.Username], input.SecretHash);
    const user = findUser(pool, input.Username);
    if (!user) throw isSilent(client) ? expiredCode() : noCombination();
    if (user.status !== 'UNCONFIRMED') {
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    }
    const { attribute } = checkCode(user, 'signUp', input.ConfirmationCode, context.now());
    const losers = aliasLosers(pool, user, attribute, input.ForceAliasCreation ?? false);
    const confirmed: UserRecord = {
      ...withoutCode(user, 'signUp'),
      attributes: { ...user.attributes, [`${attribute}_verified`]: 'true' },
      status: 'CONFIRMED',
      modified: context.now(),
    };
    await store.change(
      ...[...losers, confirmed].map((value) => ({
        kind: 'user' as const,
        poolId: value.poolId,
        name: value.username,
        value,
      })),
    );
    const { ClientMetadata: clientMetadata } = input;
    await afterConfirmation(triggers, pool, confirmed, 'ConfirmSignUp', { clientId: client.id, clientMetadata });
    return {};
  },
});

export const resendConfirmationCode = cognitoOperation({
  name: 'ResendConfirmationCode',
  limits: { ClientId: CLIENT_ID, SecretHash: SECRET_HASH, Username: USERNAME },
  access: () => [],
  handle: async (input, call, state) => {
    const { pool, client } = state.store.client(call, input.ClientId);
    checkSecretHash(client, [input.Username], input.SecretHash);
    const user = findUser(pool, input.Username);
    if (!user) {
      if (isSilent(client)) return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
      throw noCombination();
    }
    if (user.status !== 'UNCONFIRMED') throw invalidParameter('User is already confirmed.');
    const attribute = verifiedByCode(pool, user.attributes);
    if (attribute === undefined) throw invalidParameter('Auto verification not turned on.');
    const CodeDeliveryDetails = await sendCode(state, pool, user, {
      use: 'signUp',
      purpose: 'ResendCode',
      attribute,
      clientId: client.id,
      clientMetadata: input.ClientMetadata,
    });
    return { CodeDeliveryDetails };
  },
});
