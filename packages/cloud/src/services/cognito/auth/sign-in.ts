import { AwsError } from '../../../core/aws-error.js';
import { invalidParameter, notAuthorized, noUser, unsupported, wrongPassword } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import { schemaOf } from '../pools/schema.js';
import type { CognitoState } from '../service-state.js';
import { API_SCOPE } from '../tokens/claims.js';
import { issueTokens } from '../tokens/issue-tokens.js';
import type { TokenRequest } from '../tokens/pre-token-generation.js';
import { triggerAttributes } from '../triggers/user-attributes.js';
import { findUser } from '../users/find-user.js';
import type { UserRecord } from '../users/user-record.js';

/** One attempt to sign in, by whichever flow. */
export interface Attempt {
  readonly pool: Pool;
  readonly client: ClientRecord;
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** The answer of InitiateAuth and RespondToAuthChallenge. */
export interface SignInAnswer {
  readonly AuthenticationResult?: Awaited<ReturnType<typeof issueTokens>>;
  readonly ChallengeName?: 'NEW_PASSWORD_REQUIRED' | 'PASSWORD_VERIFIER' | 'CUSTOM_CHALLENGE';
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session?: string;
}

/** A parameter that a flow or challenge cannot do without. */
export function required(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = parameters[name];
  if (value === undefined || value === '') throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** The error for a user who is not there, as the client wants it told. */
export function unknownUser({ settings }: ClientRecord): AwsError {
  return settings.PreventUserExistenceErrors === 'ENABLED' ? wrongPassword() : noUser();
}

/** True if the client is not told that a user is not there. */
export const isSilent = ({ settings }: ClientRecord): boolean => settings.PreventUserExistenceErrors === 'ENABLED';

/** Asks the function that may refuse a sign-in before anything is checked. */
export async function beforeSignIn(
  { triggers }: CognitoState,
  { pool, client, clientMetadata }: Attempt,
  user: UserRecord | undefined,
  username: string,
): Promise<void> {
  if (!user && !isSilent(client)) return;
  await triggers.run(pool.record, 'PreAuthentication', {
    source: 'PreAuthentication_Authentication',
    userName: user?.username ?? username,
    clientId: client.id,
    request: {
      userAttributes: user ? triggerAttributes(user) : {},
      validationData: clientMetadata ?? null,
      ...(isSilent(client) && { userNotFound: !user }),
    },
    response: {},
  });
}

/** @throws AwsError where the user may not sign in, though the password is right */
export function checkState({ enabled, status }: UserRecord): void {
  if (!enabled) throw notAuthorized('User is disabled.');
  if (status === 'UNCONFIRMED') throw new AwsError('UserNotConfirmedException', 'User is not confirmed.');
  if (status === 'RESET_REQUIRED') {
    throw new AwsError('PasswordResetRequiredException', 'Password reset required for the user');
  }
}

/** Goes on once the password is right: a new password is asked for, or tokens are given. */
export async function afterPassword(state: CognitoState, attempt: Attempt, user: UserRecord): Promise<SignInAnswer> {
  checkState(user);
  if (user.status !== 'FORCE_CHANGE_PASSWORD') return finish(state, attempt, user, 'Authentication');
  if ((user.password?.expires ?? Number.POSITIVE_INFINITY) <= state.context.now()) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  const missing = schemaOf(attempt.pool.record)
    .filter(({ Required, Name = '' }) => Required && Name !== 'sub' && user.attributes[Name] === undefined)
    .map(({ Name }) => `userAttributes.${Name}`);
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: await state.sessions.begin(attempt.pool, attempt.client, 'NEW_PASSWORD_REQUIRED', { sub: user.sub }),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: JSON.stringify(missing),
      userAttributes: JSON.stringify(user.attributes),
    },
  };
}

/** Gives the tokens of a sign-in that has passed all its challenges. */
export async function finish(
  state: CognitoState,
  { pool, client, clientMetadata }: Attempt,
  user: UserRecord,
  cause: TokenRequest['cause'],
): Promise<SignInAnswer> {
  if (pool.record.settings.MfaConfiguration === 'ON') throw unsupported('multi-factor authentication');
  await state.triggers.run(pool.record, 'PostAuthentication', {
    source: 'PostAuthentication_Authentication',
    userName: user.username,
    clientId: client.id,
    request: {
      userAttributes: triggerAttributes(user),
      newDeviceUsed: false,
      ...(clientMetadata && { clientMetadata }),
    },
    response: {},
  });
  // A function may have changed the user meanwhile.
  const now = findUser(pool, user.username) ?? user;
  return {
    ChallengeParameters: {},
    AuthenticationResult: await issueTokens(state, {
      pool,
      client,
      user: now,
      cause,
      scopes: [API_SCOPE],
      clientMetadata,
    }),
  };
}
