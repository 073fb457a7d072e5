import { randomUUID } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { invalidParameter } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import { aliasesOf, isVerified } from './find-user.js';
import type { UserRecord } from './user-record.js';

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const PHONE = /^\+\d{3,15}$/;

/** Who a new user is to be: in pools that take addresses for names, the name is the id. */
export interface NewIdentity extends Pick<UserRecord, 'username' | 'sub'> {
  /** The address that was given as the name. */
  readonly named: Readonly<Record<string, string>>;
}

/** @throws AwsError InvalidParameterException for a name of a form that the pool does not take */
export function newIdentity({ record: { fixed } }: Pool, name: string): NewIdentity {
  const sub = randomUUID();
  const { UsernameAttributes: taken = [], AliasAttributes: aliases = [] } = fixed;
  if (taken.length > 0) {
    if (taken.includes('email') && EMAIL.test(name)) return { username: sub, sub, named: { email: name } };
    if (taken.includes('phone_number') && PHONE.test(name))
      return { username: sub, sub, named: { phone_number: name } };
    const forms = taken.map((form) => (form === 'email' ? 'an email' : 'a phone number'));
    throw invalidParameter(
      forms.length > 1 ? 'Username should be either an email or a phone number.' : `Username should be ${forms[0]}.`,
    );
  }
  if (aliases.includes('email') && EMAIL.test(name)) {
    throw invalidParameter('Username cannot be of email format, since user pool is configured for email alias.');
  }
  if (aliases.includes('phone_number') && PHONE.test(name)) {
    throw invalidParameter(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
  }
  return { username: name, sub, named: {} };
}

const told = (alias: string): string => (alias === 'phone_number' ? 'phone number' : alias.replace('_', ' '));

/** @throws AwsError UsernameExistsException for a name, or an address in place of one, that somebody has */
export function checkNameFree(
  { record, users }: Pool,
  { username }: NewIdentity,
  attributes: Readonly<Record<string, string>>,
  message = 'User already exists',
): void {
  if (users.find(username)) throw new AwsError('UsernameExistsException', message);
  for (const alias of record.fixed.UsernameAttributes ?? []) {
    const value = attributes[alias];
    if (value !== undefined && users.byAlias(alias, value).length > 0) {
      throw new AwsError('UsernameExistsException', `An account with the given ${told(alias)} already exists.`);
    }
  }
}

/**
 * Those who lose an alias because another user proves to have it.
 *
 * @param force true to take it from them
 * @throws AwsError AliasExistsException
 */
export function aliasLosers(pool: Pool, user: UserRecord, alias: string, force: boolean): readonly UserRecord[] {
  const kind = aliasesOf(pool.record).find((each) => each === alias);
  const value = user.attributes[alias];
  if (kind === undefined || value === undefined) return [];
  const holders = pool.users.byAlias(kind, value).filter((each) => each.sub !== user.sub && isVerified(each, alias));
  if (holders.length > 0 && !force) {
    throw new AwsError('AliasExistsException', `An account with the ${told(alias)} already exists.`);
  }
  return holders.map((each) => ({ ...each, attributes: { ...each.attributes, [`${alias}_verified`]: 'false' } }));
}
