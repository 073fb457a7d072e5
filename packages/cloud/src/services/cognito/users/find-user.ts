import { noUser } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { UserRecord } from './user-record.js';
import type { Alias } from './users.js';

/** The attributes by which users of the pool can be named beside their names. */
export function aliasesOf({ fixed }: Pool['record']): readonly Alias[] {
  return fixed.UsernameAttributes ?? fixed.AliasAttributes ?? [];
}

/**
 * The user of a name, or of an alias that is known to be theirs: an address has to be verified, unless it was given in
 * place of a name.
 */
export function findUser({ record, users }: Pool, name: string): UserRecord | undefined {
  const named = users.find(name) ?? users.bySub(name);
  if (named) return named;
  const isName = record.fixed.UsernameAttributes !== undefined;
  for (const alias of aliasesOf(record)) {
    const holders = users.byAlias(alias, name);
    const holder = holders.find((user) => alias === 'preferred_username' || isVerified(user, alias));
    const found = holder ?? (isName ? holders[0] : undefined);
    if (found) return found;
  }
  return undefined;
}

export function isVerified({ attributes }: UserRecord, alias: string): boolean {
  return attributes[`${alias}_verified`] === 'true';
}

/** @throws AwsError UserNotFoundException */
export function userNamed(pool: Pool, name: string): UserRecord {
  const user = findUser(pool, name);
  if (!user) throw noUser();
  return user;
}
