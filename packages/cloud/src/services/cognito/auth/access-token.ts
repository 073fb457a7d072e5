import type { JWTPayload } from 'jose';
import { noClient, notAuthorized, noUser } from '../cognito-error.js';
import type { Pool } from '../cognito-store.js';
import type { ClientRecord } from '../pools/pool-record.js';
import type { CognitoState } from '../service-state.js';
import { API_SCOPE } from '../tokens/claims.js';
import type { UserRecord } from '../users/user-record.js';

export interface TokenHolder {
  readonly pool: Pool;
  readonly client: ClientRecord;
  readonly user: UserRecord;
  readonly claims: JWTPayload;
}

/**
 * The user whose access token it is.
 *
 * @throws AwsError NotAuthorizedException, UserNotFoundException
 */
export async function holderOf({ tokens }: CognitoState, token: string): Promise<TokenHolder> {
  const verified = await tokens.verify(token);
  if (verified.kind === 'expired') throw notAuthorized('Access Token has expired');
  if (verified.kind === 'invalid') throw notAuthorized('Invalid Access Token');
  const { pool, claims } = verified;
  if (claims.token_use !== 'access') throw notAuthorized('Invalid Access Token');
  const user = pool.users.bySub(claims.sub ?? '');
  if (!user) throw noUser();
  if (isRevoked(pool, user, claims)) throw notAuthorized('Access Token has been revoked');
  const scopes = typeof claims.scope === 'string' ? claims.scope.split(' ') : [];
  if (!scopes.includes(API_SCOPE)) throw notAuthorized('Access Token does not have required scopes');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const client = pool.clients.get(String(claims.client_id));
  if (!client) throw noClient(String(claims.client_id));
  return { pool, client, user, claims };
}

/** True if the sign-in that a token comes of was ended: by its refresh token, or with all of the user's. */
export function isRevoked(pool: Pool, { signedOut }: UserRecord, { origin_jti, auth_time }: JWTPayload): boolean {
  if (pool.revoked.has(String(origin_jti))) return true;
  return signedOut !== undefined && Number(auth_time) * 1000 < signedOut;
}
