import { randomUUID } from 'node:crypto';
import { validityOf } from '../clients/client-settings.js';
import type { CognitoState } from '../service-state.js';
import { attributeClaims, groupsOf } from './claims.js';
import { changedClaims, changedScopes, type TokenRequest, tokenChanges } from './pre-token-generation.js';

/** The sealed content of a refresh token. */
export interface RefreshState {
  readonly clientId: string;
  readonly sub: string;
  /** Of the sign-in; all of its tokens have it. */
  readonly originJti: string;
  /** Epoch seconds of the sign-in. */
  readonly authTime: number;
  /** Epoch milliseconds. */
  readonly issued: number;
  readonly scopes: readonly string[];
}

/** The sign-in that tokens continue. @default - a new one */
export type SignIn = Pick<RefreshState, 'originJti' | 'authTime'>;

/** Makes the tokens of a sign-in ("Using tokens with user pools", developer guide). */
export async function issueTokens(state: CognitoState, request: TokenRequest, signIn?: SignIn) {
  const { context, tokens, triggers } = state;
  const { pool, client, user, scopes } = request;
  const changes = await tokenChanges(triggers, request, groupsOf(pool, user));
  const issued = context.now();
  const iat = Math.floor(issued / 1000);
  const validity = validityOf(client.settings);
  // A sign-in within the second in which the user was signed out everywhere is after that.
  const begins = Math.max(iat, Math.ceil((user.signedOut ?? 0) / 1000));
  const { originJti, authTime } = signIn ?? { originJti: randomUUID(), authTime: begins };
  const { groupsToOverride: groups, iamRolesToOverride: roles, preferredRole } = changes.groups;
  const shared = {
    sub: user.sub,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    origin_jti: originJti,
    event_id: randomUUID(),
    auth_time: authTime,
    iat,
  };
  const idClaims = changedClaims(
    {
      ...shared,
      ...attributeClaims(user, client),
      'cognito:username': user.username,
      ...(preferredRole !== null && { 'cognito:preferred_role': preferredRole }),
      ...(roles.length > 0 && { 'cognito:roles': roles }),
      aud: client.id,
      token_use: 'id',
      exp: iat + validity.id,
      jti: randomUUID(),
    },
    changes.id,
  );
  const accessClaims = changedClaims(
    {
      ...shared,
      client_id: client.id,
      token_use: 'access',
      scope: changedScopes(scopes, changes.access).join(' '),
      exp: iat + validity.access,
      jti: randomUUID(),
      username: user.username,
    },
    changes.access,
  );
  return {
    IdToken: await tokens.sign(pool, idClaims),
    AccessToken: await tokens.sign(pool, accessClaims),
    ExpiresIn: validity.access,
    TokenType: 'Bearer',
    // That of a sign-in goes on until it ends.
    ...(signIn === undefined && {
      RefreshToken: await tokens.seal(
        pool,
        'refresh',
        { clientId: client.id, sub: user.sub, originJti, authTime, issued, scopes } satisfies RefreshState,
        validity.refresh,
      ),
    }),
  };
}
