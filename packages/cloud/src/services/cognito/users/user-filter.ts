import { invalidParameter } from '../cognito-error.js';
import type { UserRecord } from './user-record.js';

/** The attributes by which users can be searched ("Searching for users using the ListUsers API", developer guide). */
const SEARCHABLE = new Set([
  'username',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
  'cognito:user_status',
  'status',
  'sub',
]);

const FILTER = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/;

/**
 * Reads a filter: `email ^= "jo"`.
 *
 * @throws AwsError InvalidParameterException
 */
export function userFilter(text: string | undefined): (user: UserRecord) => boolean {
  if (text === undefined || text.trim() === '') return () => true;
  const [, name, operator, quoted] = FILTER.exec(text) ?? [];
  if (name === undefined || quoted === undefined) throw invalidParameter('Error while parsing filter');
  if (!SEARCHABLE.has(name)) throw invalidParameter(`Invalid search attribute: ${name}`);
  const wanted = quoted.replace(/\\(.)/g, '$1');
  const folded = wanted.toLowerCase();
  return (user) => {
    const value = searchedValue(user, name);
    if (value === undefined) return false;
    const actual = value.toLowerCase();
    return operator === '=' ? actual === folded : actual.startsWith(folded);
  };
}

function searchedValue(user: UserRecord, name: string): string | undefined {
  switch (name) {
    case 'username':
      return user.username;
    case 'sub':
      return user.sub;
    case 'cognito:user_status':
      return user.status;
    case 'status':
      return user.enabled ? 'Enabled' : 'Disabled';
    default:
      return user.attributes[name];
  }
}
