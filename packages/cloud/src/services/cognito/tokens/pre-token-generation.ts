import { isObject } from '../../../core/json.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import type { Triggers } from '../triggers/triggers.js';
import { triggerAttributes } from '../triggers/user-attributes.js';
import type { UserRecord } from '../users/user-record.js';
import type { GroupConfiguration } from './claims.js';

/** Claims that a function cannot change ("Pre token generation Lambda trigger", developer guide). */
const FIXED = new Set([
  'acr',
  'amr',
  'at_hash',
  'aud',
  'auth_time',
  'azp',
  'client_id',
  'cognito:username',
  'event_id',
  'exp',
  'iat',
  'identities',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
  'username',
]);

type Claims = Readonly<Record<string, unknown>>;

/** The changes that a function asks for in one of the tokens. */
export interface TokenChange {
  readonly add: Claims;
  readonly suppress: readonly string[];
  readonly addScopes: readonly string[];
  readonly suppressScopes: readonly string[];
}

export interface TokenChanges {
  readonly id: TokenChange;
  readonly access: TokenChange;
  readonly groups: GroupConfiguration;
}

const NOTHING: TokenChange = { add: {}, suppress: [], addScopes: [], suppressScopes: [] };

export interface TokenRequest {
  readonly pool: Pool;
  readonly client: ClientRecord;
  readonly user: UserRecord;
  /** `Authentication` in `TokenGeneration_Authentication` */
  readonly cause: 'Authentication' | 'NewPasswordChallenge' | 'RefreshTokens';
  readonly scopes: readonly string[];
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Asks the pool's function what its tokens are to be like. */
export async function tokenChanges(
  triggers: Triggers,
  { pool, client, user, cause, scopes, clientMetadata }: TokenRequest,
  groups: GroupConfiguration,
): Promise<TokenChanges> {
  const { settings } = pool.record;
  const isVersioned = (settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? 'V1_0') !== 'V1_0';
  const member = isVersioned ? 'claimsAndScopeOverrideDetails' : 'claimsOverrideDetails';
  const response = await triggers.run(pool.record, 'PreTokenGeneration', {
    source: `TokenGeneration_${cause}`,
    userName: user.username,
    clientId: client.id,
    request: {
      userAttributes: triggerAttributes(user),
      groupConfiguration: groups,
      ...(isVersioned && { scopes }),
      ...(clientMetadata && { clientMetadata }),
    },
    response: { [member]: null },
  });
  const details = response?.[member];
  if (!isObject(details)) return { id: NOTHING, access: NOTHING, groups };
  const changed = {
    ...groups,
    ...(isObject(details.groupOverrideDetails) && overridden(details.groupOverrideDetails)),
  };
  if (!isVersioned) return { id: changeOf(details), access: NOTHING, groups: changed };
  return {
    id: changeOf(details.idTokenGeneration),
    access: changeOf(details.accessTokenGeneration),
    groups: changed,
  };
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

function changeOf(details: unknown): TokenChange {
  if (!isObject(details)) return NOTHING;
  const { claimsToAddOrOverride } = details;
  const add = isObject(claimsToAddOrOverride) ? claimsToAddOrOverride : {};
  return {
    add: Object.fromEntries(Object.entries(add).filter(([name]) => !FIXED.has(name))),
    suppress: texts(details.claimsToSuppress).filter((name) => !FIXED.has(name)),
    addScopes: texts(details.scopesToAdd),
    suppressScopes: texts(details.scopesToSuppress),
  };
}

function overridden(details: Claims): Partial<GroupConfiguration> {
  const { groupsToOverride, iamRolesToOverride, preferredRole } = details;
  return {
    ...(Array.isArray(groupsToOverride) && { groupsToOverride: texts(groupsToOverride) }),
    ...(Array.isArray(iamRolesToOverride) && { iamRolesToOverride: texts(iamRolesToOverride) }),
    ...(typeof preferredRole === 'string' && { preferredRole }),
  };
}

/** Claims after a change. */
export function changedClaims(claims: Claims, { add, suppress }: TokenChange): Claims {
  const all = { ...claims, ...add };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !suppress.includes(name)));
}

export function changedScopes(
  scopes: readonly string[],
  { addScopes, suppressScopes }: TokenChange,
): readonly string[] {
  return [...new Set([...scopes, ...addScopes])].filter((scope) => !suppressScopes.includes(scope));
}
