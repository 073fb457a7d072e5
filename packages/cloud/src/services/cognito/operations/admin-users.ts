import { AwsError } from '../../../core/aws-error.js';
import { notAuthorized, noUser } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import { ATTRIBUTES, PASSWORD, POOL_ID, USERNAME } from '../limits.js';
import { passwordPolicy } from '../pools/pool-settings.js';
import { checkAttributes } from '../pools/schema.js';
import { type CognitoState, cognitoOperation, onPool } from '../service-state.js';
import { findUser, userNamed } from '../users/find-user.js';
import { checkNameFree, newIdentity } from '../users/new-user.js';
import { checkPassword, newPassword, temporaryPassword } from '../users/password.js';
import { beforeSignUp } from '../users/pre-sign-up.js';
import { sendCode } from '../users/send-code.js';
import { fromAttributeList, userOutput } from '../users/user-output.js';
import type { UserRecord } from '../users/user-record.js';
import { recoveryAddress } from './forgot-password.js';

const DAY = 86_400_000;

function temporaryUntil({ record }: Pool, now: number): number {
  return now + (passwordPolicy(record.settings).TemporaryPasswordValidityDays || 7) * DAY;
}

interface Invitation {
  readonly mediums: readonly string[];
  readonly password: string;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/** Tells a user of the account that was made for them, in the ways that were asked for and that they have. */
async function invite(
  { messages }: CognitoState,
  { record }: Pool,
  user: UserRecord,
  { mediums, password, clientMetadata }: Invitation,
): Promise<void> {
  for (const medium of mediums) {
    const attribute = medium === 'EMAIL' ? 'email' : 'phone_number';
    const address = user.attributes[attribute];
    if (address === undefined) continue;
    const message = { purpose: 'AdminCreateUser', attribute, address, code: password, clientMetadata } as const;
    await messages.send(record, user, message);
  }
}

const mediumsOf = (given: readonly string[] | undefined, { attributes }: Pick<UserRecord, 'attributes'>) =>
  given?.length ? given : [attributes.phone_number === undefined ? 'EMAIL' : 'SMS'];

export const adminCreateUser = cognitoOperation({
  name: 'AdminCreateUser',
  limits: { UserPoolId: POOL_ID, Username: USERNAME, UserAttributes: ATTRIBUTES, TemporaryPassword: PASSWORD },
  access: (row) => [onPool(row, 'AdminCreateUser')],
  handle: async (input, call, state) => {
    const pool = state.store.get(call, input.UserPoolId);
    const { settings, id: poolId } = pool.record;
    const password = input.TemporaryPassword ?? temporaryPassword(settings);
    checkPassword(password, settings);
    if (input.MessageAction === 'RESEND') return resend(state, pool, input, password);
    const identity = newIdentity(pool, input.Username);
    const given = fromAttributeList(input.UserAttributes?.filter(({ Name }) => Name !== 'sub'));
    const attributes = { ...given, ...identity.named };
    checkAttributes(pool.record, attributes, { isNew: true });
    const taken = 'User account already exists';
    checkNameFree(pool, identity, attributes, taken);
    const { verified } = await beforeSignUp(state.triggers, pool, {
      cause: 'AdminCreateUser',
      username: identity.username,
      attributes,
      validationData: input.ValidationData,
      clientMetadata: input.ClientMetadata,
    });
    checkNameFree(pool, identity, attributes, taken);
    const now = state.context.now();
    const { username, sub } = identity;
    const user: UserRecord = {
      poolId,
      username,
      sub,
      attributes: { ...attributes, ...verified },
      status: 'FORCE_CHANGE_PASSWORD',
      enabled: true,
      groups: [],
      password: newPassword({ poolId, username }, password, temporaryUntil(pool, now)),
      created: now,
      modified: now,
    };
    await state.store.putUser(user);
    if (input.MessageAction !== 'SUPPRESS') {
      const mediums = mediumsOf(input.DesiredDeliveryMediums, user);
      await invite(state, pool, user, { mediums, password, clientMetadata: input.ClientMetadata });
    }
    return { User: userOutput(user) };
  },
});

/** Gives a user who has not signed in yet another temporary password. */
async function resend(
  state: CognitoState,
  pool: Pool,
  input: {
    readonly Username: string;
    readonly DesiredDeliveryMediums?: readonly string[] | undefined;
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  },
  password: string,
) {
  const user = findUser(pool, input.Username);
  if (!user) throw noUser();
  if (user.status !== 'FORCE_CHANGE_PASSWORD') {
    const message = `Resend not possible. ${user.username} status is not FORCE_CHANGE_PASSWORD`;
    throw new AwsError('UnsupportedUserStateException', message);
  }
  const now = state.context.now();
  const changed = { ...user, password: newPassword(user, password, temporaryUntil(pool, now)), modified: now };
  await state.store.putUser(changed);
  const mediums = mediumsOf(input.DesiredDeliveryMediums, user);
  await invite(state, pool, changed, { mediums, password, clientMetadata: input.ClientMetadata });
  return { User: userOutput(changed) };
}

export const adminSetUserPassword = cognitoOperation({
  name: 'AdminSetUserPassword',
  limits: { UserPoolId: POOL_ID, Username: USERNAME, Password: PASSWORD },
  access: (row) => [onPool(row, 'AdminSetUserPassword')],
  handle: async ({ UserPoolId, Username, Password, Permanent = false }, call, { store, context }) => {
    const pool = store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    checkPassword(Password, pool.record.settings);
    const now = context.now();
    await store.putUser({
      ...user,
      password: newPassword(user, Password, Permanent ? undefined : temporaryUntil(pool, now)),
      status: Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD',
      modified: now,
    });
  },
});

export const adminResetUserPassword = cognitoOperation({
  name: 'AdminResetUserPassword',
  limits: { UserPoolId: POOL_ID, Username: USERNAME },
  access: (row) => [onPool(row, 'AdminResetUserPassword')],
  handle: async ({ UserPoolId, Username, ClientMetadata }, call, state) => {
    const pool = state.store.get(call, UserPoolId);
    const user = userNamed(pool, Username);
    if (!user.enabled) throw notAuthorized('User is disabled');
    if (user.status === 'UNCONFIRMED' || user.status === 'FORCE_CHANGE_PASSWORD') {
      throw notAuthorized('User password cannot be reset in the current state.');
    }
    const attribute = recoveryAddress(pool, user);
    const reset: UserRecord = { ...user, status: 'RESET_REQUIRED', modified: state.context.now() };
    await sendCode(state, pool, reset, {
      use: 'reset',
      purpose: 'ForgotPassword',
      attribute,
      clientMetadata: ClientMetadata,
    });
  },
});
