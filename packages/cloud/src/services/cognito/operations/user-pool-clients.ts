import type { Call } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { pageOf } from '../../../kit/page.js';
import { clientOutput, clientSettings } from '../clients/client-settings.js';
import { invalidParameter, invalidToken, noClient } from '../cognito-error.js';
import type { CognitoStore, Pool } from '../cognito-store.js';
import { CLIENT_ID, CLIENT_NAME, CLIENT_SECRET, PAGE_TOKEN, POOL_ID, POOL_PAGE } from '../limits.js';
import type { ClientRecord } from '../pools/pool-record.js';
import { cognitoOperation, onPool } from '../service-state.js';

const SETTINGS = {
  RefreshTokenValidity: { min: 0, max: 315_360_000 },
  AccessTokenValidity: { min: 1, max: 86_400 },
  IdTokenValidity: { min: 1, max: 86_400 },
  AuthSessionValidity: { min: 3, max: 15 },
  CallbackURLs: { min: 0, max: 100 },
  LogoutURLs: { min: 0, max: 100 },
  AllowedOAuthFlows: { min: 0, max: 3 },
  AllowedOAuthScopes: { max: 50 },
};

/** @throws AwsError ResourceNotFoundException */
function clientIn(store: CognitoStore, call: Call, poolId: string, clientId: string) {
  const pool: Pool = store.get(call, poolId);
  const client = pool.clients.get(clientId);
  if (!client) throw noClient(clientId);
  return { pool, client };
}

export const createUserPoolClient = cognitoOperation({
  name: 'CreateUserPoolClient',
  limits: { UserPoolId: POOL_ID, ClientName: CLIENT_NAME, ClientSecret: CLIENT_SECRET, ...SETTINGS },
  access: (row) => [onPool(row, 'CreateUserPoolClient')],
  handle: async (input, call, { store, context }) => {
    const pool = store.get(call, input.UserPoolId);
    if (input.GenerateSecret && input.ClientSecret !== undefined) {
      throw invalidParameter('GenerateSecret and ClientSecret cannot both be set.');
    }
    const secret = input.ClientSecret ?? (input.GenerateSecret ? randomId.lower(51) : undefined);
    const now = context.now();
    const value: ClientRecord = {
      id: call.resourceId ?? randomId.lower(26),
      poolId: pool.record.id,
      secret,
      settings: clientSettings(input, pool, secret),
      created: now,
      modified: now,
    };
    await store.change({ kind: 'client', poolId: value.poolId, name: value.id, value });
    return { UserPoolClient: clientOutput(value) };
  },
});

export const describeUserPoolClient = cognitoOperation({
  name: 'DescribeUserPoolClient',
  limits: { UserPoolId: POOL_ID, ClientId: CLIENT_ID },
  access: (row) => [onPool(row, 'DescribeUserPoolClient')],
  handle: ({ UserPoolId, ClientId }, call, { store }) => ({
    UserPoolClient: clientOutput(clientIn(store, call, UserPoolId, ClientId).client),
  }),
});

export const updateUserPoolClient = cognitoOperation({
  name: 'UpdateUserPoolClient',
  limits: { UserPoolId: POOL_ID, ClientId: CLIENT_ID, ClientName: CLIENT_NAME, ...SETTINGS },
  access: (row) => [onPool(row, 'UpdateUserPoolClient')],
  handle: async (input, call, { store, context }) => {
    const { pool, client } = clientIn(store, call, input.UserPoolId, input.ClientId);
    const settings = clientSettings(input, pool, client.secret);
    const value: ClientRecord = {
      ...client,
      settings: { ...settings, ClientName: settings.ClientName ?? client.settings.ClientName },
      modified: context.now(),
    };
    await store.change({ kind: 'client', poolId: value.poolId, name: value.id, value });
    return { UserPoolClient: clientOutput(value) };
  },
});

export const deleteUserPoolClient = cognitoOperation({
  name: 'DeleteUserPoolClient',
  limits: { UserPoolId: POOL_ID, ClientId: CLIENT_ID },
  access: (row) => [onPool(row, 'DeleteUserPoolClient')],
  handle: async ({ UserPoolId, ClientId }, call, { store }) => {
    const { client } = clientIn(store, call, UserPoolId, ClientId);
    await store.change({ kind: 'client', poolId: client.poolId, name: client.id, value: undefined });
  },
});

export const listUserPoolClients = cognitoOperation({
  name: 'ListUserPoolClients',
  limits: { UserPoolId: POOL_ID, MaxResults: POOL_PAGE, NextToken: PAGE_TOKEN },
  access: (row) => [onPool(row, 'ListUserPoolClients')],
  handle: ({ UserPoolId, MaxResults = 60, NextToken }, call, { store }) => {
    const clients = [...store.get(call, UserPoolId).clients.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    const { items, next } = pageOf(clients, {
      keyOf: ({ id }) => id,
      limit: MaxResults,
      token: NextToken,
      of: ['ListUserPoolClients', UserPoolId],
      refuse: invalidToken,
    });
    const UserPoolClients = items.map(({ id, settings }) => ({
      ClientId: id,
      UserPoolId,
      ClientName: settings.ClientName,
    }));
    return { UserPoolClients, NextToken: next };
  },
});
