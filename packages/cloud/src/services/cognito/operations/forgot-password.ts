import { checkSecretHash } from '../auth/secret-hash.js';
import { isSilent } from '../auth/sign-in.js';
import { invalidParameter, notAuthorized, noUser } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import { CLIENT_ID, CODE, PASSWORD, SECRET_HASH, USERNAME } from '../limits.js';
import { cognitoOperation } from '../service-state.js';
import { checkCode, codeMismatch, withoutCode } from '../users/codes.js';
import { findUser, isVerified } from '../users/find-user.js';
import { migrateUser } from '../users/migrate-user.js';
import { checkPassword, newPassword } from '../users/password.js';
import { afterConfirmation } from '../users/post-confirmation.js';
import { sendCode } from '../users/send-code.js';
import { simulatedDelivery } from '../users/simulated-delivery.js';
import type { UserRecord } from '../users/user-record.js';
import { noCombination } from './sign-up.js';

const RECOVERY = { verified_email: 'email', verified_phone_number: 'phone_number' } as const;

/**
 * The address that a code to recover a password goes to, by the pool's order; a phone comes first where it has none.
 *
 * @throws AwsError NotAuthorizedException where only administrators help, InvalidParameterException without an address
 */
export function recoveryAddress({ record: { settings } }: Pool, user: UserRecord): 'email' | 'phone_number' {
  const mechanisms = settings.AccountRecoverySetting?.RecoveryMechanisms ?? [
    { Name: 'verified_phone_number', Priority: 1 },
    { Name: 'verified_email', Priority: 2 },
  ];
  const ordered = [...mechanisms].sort((a, b) => a.Priority - b.Priority);
  if (ordered[0]?.Name === 'admin_only') throw notAuthorized('Contact administrator to reset password.');
  for (const { Name } of ordered) {
    const attribute = Name === 'admin_only' ? undefined : RECOVERY[Name];
    if (attribute !== undefined && user.attributes[attribute] && isVerified(user, attribute)) return attribute;
  }
  throw invalidParameter('Cannot reset password for the user as there is no registered/verified email or phone_number');
}

export const forgotPassword = cognitoOperation({
  name: 'ForgotPassword',
  limits: { ClientId: CLIENT_ID, SecretHash: SECRET_HASH, Username: USERNAME },
  access: () => [],
  handle: async (input, call, state) => {
    const { pool, client } = state.store.client(call, input.ClientId);
    checkSecretHash(client, [input.Username], input.SecretHash);
    const attempt = { pool, client, clientMetadata: input.ClientMetadata };
    const user =
      findUser(pool, input.Username) ?? (await migrateUser(state, attempt, 'ForgotPassword', input.Username));
    if (!user) {
      if (isSilent(client)) return { CodeDeliveryDetails: simulatedDelivery(input.Username) };
      throw noCombination();
    }
    if (!user.enabled) throw notAuthorized('User is disabled.');
    if (user.status === 'FORCE_CHANGE_PASSWORD') {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    const CodeDeliveryDetails = await sendCode(state, pool, user, {
      use: 'reset',
      purpose: 'ForgotPassword',
      attribute: recoveryAddress(pool, user),
      clientId: client.id,
      clientMetadata: input.ClientMetadata,
    });
    return { CodeDeliveryDetails };
  },
});

export const confirmForgotPassword = cognitoOperation({
  name: 'ConfirmForgotPassword',
  limits: {
    ClientId: CLIENT_ID,
    SecretHash: SECRET_HASH,
    Username: USERNAME,
    ConfirmationCode: CODE,
    Password: PASSWORD,
  },
  access: () => [],
  handle: async (input, call, { store, triggers, context }) => {
    const { pool, client } = store.client(call, input.ClientId);
    checkSecretHash(client, [input.Username], input.SecretHash);
    const user = findUser(pool, input.Username);
    if (!user) throw isSilent(client) ? codeMismatch() : noUser();
    const { attribute } = checkCode(user, 'reset', input.ConfirmationCode, context.now());
    checkPassword(input.Password, pool.record.settings);
    const value: UserRecord = {
      ...withoutCode(user, 'reset'),
      attributes: { ...user.attributes, [`${attribute}_verified`]: 'true' },
      password: newPassword(user, input.Password),
      status: 'CONFIRMED',
      modified: context.now(),
    };
    await store.putUser(value);
    const { ClientMetadata: clientMetadata } = input;
    await afterConfirmation(triggers, pool, value, 'ConfirmForgotPassword', { clientId: client.id, clientMetadata });
  },
});
