import { AwsError } from '../../../core/aws-error.js';
import { notAuthorized } from '../cognito-error.js';
import { checkAttributes } from '../pools/schema.js';
import type { CognitoState } from '../service-state.js';
import { checkPassword, newPassword } from '../users/password.js';
import type { UserRecord } from '../users/user-record.js';
import { checkSecretHash } from './secret-hash.js';
import { type Attempt, finish, required, type SignInAnswer } from './sign-in.js';

const PREFIX = 'userAttributes.';

/** The answer to NEW_PASSWORD_REQUIRED, which users that an administrator made get at first. */
export async function answerNewPassword(
  state: CognitoState,
  attempt: Attempt,
  responses: Readonly<Record<string, string>>,
  session: string,
): Promise<SignInAnswer> {
  const { pool, client } = attempt;
  const username = required(responses, 'USERNAME');
  const password = required(responses, 'NEW_PASSWORD');
  checkSecretHash(client, [username], responses.SECRET_HASH);
  checkPassword(password, pool.record.settings);
  const { sub } = await state.sessions.take<{ readonly sub: string }>(pool, client, 'NEW_PASSWORD_REQUIRED', session);
  const user = pool.users.bySub(sub);
  if (user?.status !== 'FORCE_CHANGE_PASSWORD') throw notAuthorized('Invalid session for the user.');
  const given = Object.entries(responses)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([name, value]) => [name.slice(PREFIX.length), value] as const);
  const attributes = Object.fromEntries(given);
  checkAttributes(pool.record, attributes, { isNew: false, before: user.attributes });
  const changed: UserRecord = {
    ...user,
    attributes: { ...user.attributes, ...attributes },
    password: newPassword(user, password),
    status: 'CONFIRMED',
    modified: state.context.now(),
  };
  checkComplete(pool.record.schema, changed);
  await state.store.putUser(changed);
  return finish(state, attempt, changed, 'NewPasswordChallenge');
}

function checkComplete(
  schema: readonly { readonly Name?: string | undefined; readonly Required?: boolean | undefined }[],
  { attributes }: UserRecord,
): void {
  const missing = schema.find(({ Name = '', Required }) => Required && attributes[Name] === undefined);
  if (missing) {
    throw new AwsError(
      'InvalidParameterException',
      `Invalid user attributes: user.${missing.Name}: Attribute is required`,
    );
  }
}
