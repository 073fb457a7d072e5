import { AwsError } from '../../../core/aws-error.js';
import { validityOf } from '../clients/client-settings.js';
import { CLIENT_ID, TOKEN } from '../limits.js';
import { cognitoOperation } from '../service-state.js';
import type { RefreshState } from '../tokens/issue-tokens.js';

export const revokeToken = cognitoOperation({
  name: 'RevokeToken',
  limits: { ClientId: CLIENT_ID, Token: TOKEN },
  access: () => [],
  handle: async ({ ClientId, ClientSecret, Token }, call, { store, tokens, context }) => {
    const { pool, client } = store.client(call, ClientId);
    if (client.secret !== ClientSecret) throw new AwsError('UnauthorizedException', 'Invalid client secret.');
    if (client.settings.EnableTokenRevocation === false) {
      throw new AwsError('UnsupportedOperationException', 'Revocation is not enabled for this client.');
    }
    const opened = await tokens.unseal<RefreshState>(pool, 'refresh', Token);
    // A token that ended needs no revocation; one that is of another kind cannot be revoked.
    if (opened.kind === 'invalid') {
      const message = tokens.poolOf(Token) ? 'Unsupported token type' : 'Invalid refresh token.';
      throw new AwsError(tokens.poolOf(Token) ? 'UnsupportedTokenTypeException' : 'InvalidParameterException', message);
    }
    if (opened.kind !== 'open' || opened.state.clientId !== ClientId) return;
    const now = context.now();
    const ended = [...pool.revoked].filter(([, end]) => end <= now).map(([name]) => name);
    const { refresh, access } = validityOf(client.settings);
    const value = opened.state.issued + (refresh + access) * 1000;
    await store.change(
      ...ended.map((name) => ({ kind: 'revoked' as const, poolId: pool.record.id, name, value: undefined })),
      { kind: 'revoked', poolId: pool.record.id, name: opened.state.originJti, value },
    );
  },
});
