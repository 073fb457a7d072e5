import { wrongPassword } from '../cognito-error.js';
import type { CognitoState } from '../service-state.js';
import { findUser } from '../users/find-user.js';
import { migrateUser } from '../users/migrate-user.js';
import { isPassword } from '../users/password.js';
import { checkSecretHash } from './secret-hash.js';
import { type Attempt, afterPassword, beforeSignIn, required, type SignInAnswer, unknownUser } from './sign-in.js';

/** USER_PASSWORD_AUTH and ADMIN_USER_PASSWORD_AUTH: the password itself is sent. */
export async function passwordFlow(
  state: CognitoState,
  attempt: Attempt,
  parameters: Readonly<Record<string, string>>,
): Promise<SignInAnswer> {
  const { pool, client } = attempt;
  const username = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  checkSecretHash(client, [username], parameters.SECRET_HASH);
  const known = findUser(pool, username);
  await beforeSignIn(state, attempt, known, username);
  if (!known) {
    const migrated = await migrateUser(state, attempt, 'Authentication', username, password);
    if (!migrated) throw unknownUser(client);
    return afterPassword(state, attempt, migrated);
  }
  // A function may have changed the user.
  const user = findUser(pool, username) ?? known;
  state.attempts.check(user);
  if (!isPassword(user, password)) {
    state.attempts.failed(user);
    throw wrongPassword();
  }
  state.attempts.succeeded(user);
  return afterPassword(state, attempt, user);
}
