import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { defined } from '../../../core/defined.js';
import { verifierOf } from '../auth/srp.js';
import type { PoolSettings } from '../pools/pool-record.js';
import { passwordPolicy } from '../pools/pool-settings.js';
import type { PasswordVerifier, UserRecord } from './user-record.js';

/** Characters that count as symbols ("Adding user pool password requirements", developer guide). */
const SYMBOL = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/;

/** @throws AwsError InvalidPasswordException, which names the first rule that the password breaks */
export function checkPassword(password: string, settings: PoolSettings): void {
  const policy = passwordPolicy(settings);
  const refuse = (why: string) =>
    new AwsError('InvalidPasswordException', `Password did not conform with policy: ${why}`);
  if (password.length < (policy.MinimumLength ?? 0)) throw refuse('Password not long enough');
  if (policy.RequireUppercase && !/[A-Z]/.test(password)) throw refuse('Password must have uppercase characters');
  if (policy.RequireLowercase && !/[a-z]/.test(password)) throw refuse('Password must have lowercase characters');
  if (policy.RequireNumbers && !/\d/.test(password)) throw refuse('Password must have numeric characters');
  if (policy.RequireSymbols && !SYMBOL.test(password)) throw refuse('Password must have symbol characters');
  if (/^\s|\s$/.test(password)) throw refuse('Password should not start or end with a space');
}

/** @param expires epoch milliseconds at which a temporary password ends */
export function newPassword(
  { poolId, username }: Pick<UserRecord, 'poolId' | 'username'>,
  password: string,
  expires?: number,
): PasswordVerifier {
  const salt = randomBytes(16).toString('hex');
  return { salt, verifier: verifierOf(poolId, username, password, salt), ...defined({ expires }) };
}

/** True if it is the user's password. */
export function isPassword({ poolId, username, password }: UserRecord, given: string): boolean {
  if (!password) return false;
  const expected = Buffer.from(password.verifier);
  const actual = Buffer.from(verifierOf(poolId, username, given, password.salt));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

const KINDS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%&*+='];

/** A password that every policy takes, for a user that an administrator makes without one. */
export function temporaryPassword(settings: PoolSettings): string {
  const length = Math.max(8, passwordPolicy(settings).MinimumLength ?? 0);
  const characters = Array.from({ length }, (_, at) => {
    const kind = KINDS[at % KINDS.length] ?? '';
    return kind.charAt(randomInt(kind.length));
  });
  return characters.join('');
}
