import { notAuthorized } from '../cognito-error.js';
import type { CognitoState } from '../service-state.js';
import { issueTokens, type RefreshState } from '../tokens/issue-tokens.js';
import { isRevoked } from './access-token.js';
import { checkSecretHash } from './secret-hash.js';
import { type Attempt, required, type SignInAnswer } from './sign-in.js';

/** REFRESH_TOKEN_AUTH: new tokens of a sign-in that was before. */
export async function refreshFlow(
  state: CognitoState,
  attempt: Attempt,
  parameters: Readonly<Record<string, string>>,
): Promise<SignInAnswer> {
  const { pool, client, clientMetadata } = attempt;
  const token = required(parameters, 'REFRESH_TOKEN');
  const opened = await state.tokens.unseal<RefreshState>(pool, 'refresh', token);
  if (opened.kind === 'expired') throw notAuthorized('Refresh Token has expired');
  if (opened.kind === 'invalid' || opened.state.clientId !== client.id) throw notAuthorized('Invalid Refresh Token');
  const { sub, originJti, authTime, scopes } = opened.state;
  const user = pool.users.bySub(sub);
  if (!user) throw notAuthorized('Invalid Refresh Token');
  checkSecretHash(client, [user.username, user.sub], parameters.SECRET_HASH);
  if (isRevoked(pool, user, { origin_jti: originJti, auth_time: authTime })) {
    throw notAuthorized('Refresh Token has been revoked');
  }
  if (!user.enabled) throw notAuthorized('User is disabled.');
  const request = { pool, client, user, cause: 'RefreshTokens', scopes, clientMetadata } as const;
  return {
    ChallengeParameters: {},
    AuthenticationResult: await issueTokens(state, request, { originJti, authTime }),
  };
}
