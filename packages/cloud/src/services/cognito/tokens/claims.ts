import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import { isStandard } from '../pools/schema.js';
import type { UserRecord } from '../users/user-record.js';

/** The scope of tokens that come of signing in by the API rather than by a page of Cognito's. */
export const API_SCOPE = 'aws.cognito.signin.user.admin';

export interface GroupConfiguration {
  readonly groupsToOverride: readonly string[];
  readonly iamRolesToOverride: readonly string[];
  readonly preferredRole: string | null;
}

/** The user's groups, the one with the lowest number first, and the roles that they give. */
export function groupsOf(pool: Pool, user: UserRecord): GroupConfiguration {
  const groups = user.groups
    .flatMap((name) => pool.groups.get(name) ?? [])
    .sort((a, b) => (a.precedence ?? Number.POSITIVE_INFINITY) - (b.precedence ?? Number.POSITIVE_INFINITY) || 0);
  const roles = groups.flatMap(({ roleArn }) => roleArn ?? []);
  const [first, second] = groups.filter(({ roleArn }) => roleArn !== undefined);
  // Two groups that come first and give different roles leave it open.
  const isClear = first && !(second && second.precedence === first.precedence && second.roleArn !== first.roleArn);
  return {
    groupsToOverride: groups.map(({ name }) => name),
    iamRolesToOverride: [...new Set(roles)],
    preferredRole: (isClear ? first.roleArn : undefined) ?? null,
  };
}

const BOOLEANS = new Set(['email_verified', 'phone_number_verified']);

/** The attributes of a user that the client may read, as claims (OpenID Connect Core, 5.1). */
export function attributeClaims(user: UserRecord, client: ClientRecord): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(user.attributes)) {
    if (!mayRead(client, name)) continue;
    if (BOOLEANS.has(name)) claims[name] = value === 'true';
    else if (name === 'address') claims[name] = { formatted: value };
    else claims[name] = value;
  }
  return claims;
}

/** True if the client may read an attribute: those it lists, or else the standard ones and those that are not hidden. */
export function mayRead({ settings: { ReadAttributes } }: ClientRecord, name: string): boolean {
  if (!ReadAttributes?.length) return !name.startsWith('dev:');
  return name === 'sub' || ReadAttributes.includes(name);
}

/** True if the client may write an attribute. */
export function mayWrite({ settings: { WriteAttributes } }: ClientRecord, name: string): boolean {
  if (BOOLEANS.has(name)) return false;
  if (!WriteAttributes?.length) return isStandard(name) || name.startsWith('custom:');
  return WriteAttributes.includes(name);
}
