import type { Call } from '../../../core/operation.js';
import { pageOf } from '../../../kit/page.js';
import { invalidParameter, invalidToken, notFound } from '../cognito-error.js';
import type { CognitoStore } from '../cognito-store.js';
import { PAGE_TOKEN, POOL_ID, SCOPE_NAME, SERVER_ID, SERVER_NAME } from '../limits.js';
import type { ServerRecord } from '../pools/pool-record.js';
import { cognitoOperation, onPool } from '../service-state.js';

const SETTINGS = {
  UserPoolId: POOL_ID,
  Identifier: SERVER_ID,
  Name: SERVER_NAME,
  Scopes: { max: 100, each: { members: { ScopeName: SCOPE_NAME, ScopeDescription: { min: 1, max: 256 } } } },
};

const outputOf = ({ identifier, poolId, name, scopes }: ServerRecord) => ({
  UserPoolId: poolId,
  Identifier: identifier,
  Name: name,
  Scopes: scopes.map((scope) => ({ ...scope })),
});

/** @throws AwsError ResourceNotFoundException */
function serverIn(store: CognitoStore, call: Call, poolId: string, identifier: string): ServerRecord {
  const server = store.get(call, poolId).servers.get(identifier);
  if (!server) throw notFound(`Resource server ${identifier} does not exist.`);
  return server;
}

export const createResourceServer = cognitoOperation({
  name: 'CreateResourceServer',
  limits: SETTINGS,
  access: (row) => [onPool(row, 'CreateResourceServer')],
  handle: async ({ UserPoolId, Identifier, Name, Scopes = [] }, call, { store }) => {
    if (store.get(call, UserPoolId).servers.has(Identifier)) {
      throw invalidParameter(`${Identifier} already exists in user pool ${UserPoolId}.`);
    }
    const value: ServerRecord = { identifier: Identifier, poolId: UserPoolId, name: Name, scopes: Scopes };
    await store.change({ kind: 'server', poolId: UserPoolId, name: Identifier, value });
    return { ResourceServer: outputOf(value) };
  },
});

export const describeResourceServer = cognitoOperation({
  name: 'DescribeResourceServer',
  limits: { UserPoolId: POOL_ID, Identifier: SERVER_ID },
  access: (row) => [onPool(row, 'DescribeResourceServer')],
  handle: ({ UserPoolId, Identifier }, call, { store }) => ({
    ResourceServer: outputOf(serverIn(store, call, UserPoolId, Identifier)),
  }),
});

export const updateResourceServer = cognitoOperation({
  name: 'UpdateResourceServer',
  limits: SETTINGS,
  access: (row) => [onPool(row, 'UpdateResourceServer')],
  handle: async ({ UserPoolId, Identifier, Name, Scopes = [] }, call, { store }) => {
    const value: ServerRecord = { ...serverIn(store, call, UserPoolId, Identifier), name: Name, scopes: Scopes };
    await store.change({ kind: 'server', poolId: UserPoolId, name: Identifier, value });
    return { ResourceServer: outputOf(value) };
  },
});

export const deleteResourceServer = cognitoOperation({
  name: 'DeleteResourceServer',
  limits: { UserPoolId: POOL_ID, Identifier: SERVER_ID },
  access: (row) => [onPool(row, 'DeleteResourceServer')],
  handle: async ({ UserPoolId, Identifier }, call, { store }) => {
    serverIn(store, call, UserPoolId, Identifier);
    await store.change({ kind: 'server', poolId: UserPoolId, name: Identifier, value: undefined });
  },
});

export const listResourceServers = cognitoOperation({
  name: 'ListResourceServers',
  limits: { UserPoolId: POOL_ID, MaxResults: { min: 1, max: 50 }, NextToken: PAGE_TOKEN },
  access: (row) => [onPool(row, 'ListResourceServers')],
  handle: ({ UserPoolId, MaxResults = 50, NextToken }, call, { store }) => {
    const servers = [...store.get(call, UserPoolId).servers.values()].sort((a, b) =>
      a.identifier < b.identifier ? -1 : 1,
    );
    const { items, next } = pageOf(servers, {
      keyOf: ({ identifier }) => identifier,
      limit: MaxResults,
      token: NextToken,
      of: ['ListResourceServers', UserPoolId],
      refuse: invalidToken,
    });
    return { ResourceServers: items.map(outputOf), NextToken: next };
  },
});
