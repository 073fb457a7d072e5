import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { failedWith } from '../../../core/aws-failure.js';
import { defined } from '../../../core/defined.js';
import { isObject } from '../../../core/json.js';
import type { Attempt } from '../auth/sign-in.js';
import { checkAttributes } from '../pools/schema.js';
import type { CognitoState } from '../service-state.js';
import { newPassword } from './password.js';
import type { UserRecord, UserStatus } from './user-record.js';

/**
 * Asks the pool's function for a user who is not there ("Migrate user Lambda trigger", developer guide).
 *
 * @param password undefined for a password that was forgotten
 * @returns undefined where the pool has no such function
 * @throws AwsError UserNotFoundException where the function does not know the user either
 */
export async function migrateUser(
  { triggers, store, context }: CognitoState,
  { pool, client, clientMetadata }: Attempt,
  cause: 'Authentication' | 'ForgotPassword',
  username: string,
  password?: string,
): Promise<UserRecord | undefined> {
  if (pool.record.settings.LambdaConfig?.UserMigration === undefined) return undefined;
  const response = await triggers
    .run(pool.record, 'UserMigration', {
      source: `UserMigration_${cause}`,
      userName: username,
      clientId: client.id,
      request: {
        ...defined({ password }),
        validationData: clientMetadata ?? null,
        userAttributes: null,
        ...(clientMetadata && { clientMetadata }),
      },
      response: {
        userAttributes: null,
        forceAliasCreation: null,
        enableSMSMFA: null,
        finalUserStatus: null,
        messageAction: null,
        desiredDeliveryMediums: null,
      },
    })
    .catch((error: unknown) => {
      if (!failedWith(error, 'UserLambdaValidationException')) throw error;
      throw new AwsError('UserNotFoundException', 'Exception migrating user in app client');
    });
  if (!isObject(response?.userAttributes)) {
    throw new AwsError('UserNotFoundException', 'Exception migrating user in app client');
  }
  const given = Object.entries(response.userAttributes).filter(([name]) => name !== 'username' && name !== 'sub');
  const attributes = Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
  checkAttributes(pool.record, attributes, { isNew: true });
  const now = context.now();
  const sub = randomUUID();
  const isConfirmed = response.finalUserStatus === 'CONFIRMED';
  const status: UserStatus = isConfirmed && password !== undefined ? 'CONFIRMED' : 'RESET_REQUIRED';
  const name = pool.record.fixed.UsernameAttributes?.length ? sub : username;
  const user: UserRecord = {
    poolId: pool.record.id,
    username: name,
    sub,
    attributes,
    status,
    enabled: true,
    groups: [],
    ...(password !== undefined && {
      password: newPassword({ poolId: pool.record.id, username: name }, password),
    }),
    created: now,
    modified: now,
  };
  await store.putUser(user);
  return user;
}
