import { failedWith } from '../../../core/aws-failure.js';
import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { anyAccess, type namedAccess } from '../access.js';
import { type AuthParameters, checkAuthParameters, describeAuthParameters } from '../connections/auth-parameters.js';
import { type ConnectionName, connectionArn } from '../connections/connection-name.js';
import { authorizedOutput, connectionOutput } from '../connections/connection-output.js';
import { createSecret, deleteSecret, updateSecret } from '../connections/connection-secret.js';
import type { ConnectionRecord } from '../connections/connection-store.js';
import { alreadyExists, refuseMembers } from '../events-error.js';
import { isTaken } from '../owner.js';
import { page } from '../pages.js';
import { DESCRIPTION, type EventsState, eventsOperation, NAME, PAGE } from '../service-state.js';

const TYPE = { values: ['BASIC', 'OAUTH_CLIENT_CREDENTIALS', 'API_KEY'] };
const STATES = {
  values: [
    'CREATING',
    'UPDATING',
    'DELETING',
    'AUTHORIZED',
    'DEAUTHORIZED',
    'AUTHORIZING',
    'DEAUTHORIZING',
    'ACTIVE',
    'FAILED_CONNECTIVITY',
  ],
};
const SUPPORTED = ['Name', 'Description', 'AuthorizationType', 'AuthParameters'];

const named = ({ Name: name }: { readonly Name: string }, { account, region }: Scope) => ({
  connection: { account, region, name },
});

/** The reference names connections without the id that their ARNs end with. */
const connectionAccess = <In extends { readonly connection: ConnectionName }>(
  row: Parameters<typeof namedAccess<In>>[0],
  action: string,
) =>
  row({
    action: `events:${action}`,
    type: 'connection',
    on: ({ connection }, _call, { bridge }: EventsState) => ({
      resource: connectionArn({ id: '*', ...connection, ...bridge.connections.connections.find(connection) }),
    }),
  });

/** A connection by OAuth is authorized when its first token is given. */
const stateOf = (type: ConnectionRecord['type']): ConnectionRecord['state'] =>
  type === 'OAUTH_CLIENT_CREDENTIALS' ? 'AUTHORIZING' : 'AUTHORIZED';

export const createConnection = eventsOperation({
  name: 'CreateConnection',
  limits: { Name: NAME, Description: DESCRIPTION, AuthorizationType: TYPE },
  parse: (input, scope) => {
    refuseMembers(input, SUPPORTED, 'a connection');
    const { Description: description, AuthorizationType: type, AuthParameters: parameters } = input;
    checkAuthParameters(type, parameters);
    return { ...named(input, scope), description, type, parameters };
  },
  access: (row) => [connectionAccess(row, 'CreateConnection')],
  handle: async ({ connection, ...settings }, call, { context, bridge: { connections } }) => {
    const { name } = connection;
    const existing = connections.connections.find(connection);
    if (isTaken(existing, call)) throw alreadyExists(`Connection ${name} already exists.`);
    if (existing) return connectionOutput(existing);
    const now = context.now();
    const record: ConnectionRecord = {
      ...connection,
      ...settings,
      id: randomId.uuid(),
      state: stateOf(settings.type),
      secretArn: await createSecret(context, connection, settings.parameters),
      created: now,
      modified: now,
      authorized: now,
      owner: call.resourceId,
    };
    await connections.connections.put(record);
    return connectionOutput(record);
  },
});

/** New parameters of the same kind are laid over those that are there, so that a secret need not be given again. */
function changedParameters(before: AuthParameters, given: AuthParameters | undefined): AuthParameters {
  if (given === undefined) return before;
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key, OAuthParameters: oauth } = given;
  return {
    ...before,
    ...given,
    BasicAuthParameters: basic && { ...before.BasicAuthParameters, ...basic },
    ApiKeyAuthParameters: key && { ...before.ApiKeyAuthParameters, ...key },
    OAuthParameters: oauth && { ...before.OAuthParameters, ...oauth },
  };
}

export const updateConnection = eventsOperation({
  name: 'UpdateConnection',
  limits: { Name: NAME, Description: DESCRIPTION, AuthorizationType: TYPE },
  parse: (input, scope) => {
    refuseMembers(input, SUPPORTED, 'a connection');
    const { Description: description, AuthorizationType: type } = input;
    // The members that an update may leave out are taken over from what is there.
    return {
      ...named(input, scope),
      description,
      type,
      parameters: input.AuthParameters as AuthParameters | undefined,
    };
  },
  access: (row) => [connectionAccess(row, 'UpdateConnection')],
  handle: async ({ connection: name, description, type, parameters }, _call, { context, bridge: { connections } }) => {
    const connection = connections.connections.get(name, 'update');
    const changed: ConnectionRecord = {
      ...connection,
      description: description ?? connection.description,
      type: type ?? connection.type,
      parameters: changedParameters(connection.parameters, parameters),
      state: stateOf(type ?? connection.type),
      modified: context.now(),
      authorized: context.now(),
    };
    checkAuthParameters(changed.type, changed.parameters);
    await updateSecret(context, changed, changed.parameters);
    await connections.connections.put(changed);
    return authorizedOutput(changed);
  },
});

export const deauthorizeConnection = eventsOperation({
  name: 'DeauthorizeConnection',
  limits: { Name: NAME },
  parse: named,
  access: (row) => [connectionAccess(row, 'DeauthorizeConnection')],
  handle: async ({ connection: name }, _call, { context, bridge: { connections } }) => {
    const connection = connections.connections.get(name, 'deauthorize');
    const changed: ConnectionRecord = { ...connection, state: 'DEAUTHORIZED', modified: context.now() };
    await connections.connections.put(changed);
    return { ...authorizedOutput(changed), ConnectionState: 'DEAUTHORIZING' as const };
  },
});

export const describeConnection = eventsOperation({
  name: 'DescribeConnection',
  limits: { Name: NAME },
  parse: named,
  access: (row) => [connectionAccess(row, 'DescribeConnection')],
  handle: ({ connection: name }, _call, { bridge: { connections } }) => {
    const connection = connections.connections.get(name, 'describe');
    return {
      ...authorizedOutput(connection),
      Name: connection.name,
      Description: connection.description,
      AuthorizationType: connection.type,
      SecretArn: connection.secretArn,
      AuthParameters: describeAuthParameters(connection.parameters),
    };
  },
});

export const deleteConnection = eventsOperation({
  name: 'DeleteConnection',
  limits: { Name: NAME },
  parse: named,
  access: (row) => [connectionAccess(row, 'DeleteConnection')],
  handle: async ({ connection: name }, _call, { context, bridge: { connections } }) => {
    const connection = connections.connections.get(name, 'delete');
    await deleteSecret(context, connection).catch((error: unknown) => {
      if (!failedWith(error, 'ResourceNotFoundException')) throw error;
    });
    await connections.connections.delete(connection);
    return { ...authorizedOutput(connection), ConnectionState: 'DELETING' as const };
  },
});

export const listConnections = eventsOperation({
  name: 'ListConnections',
  limits: { NamePrefix: NAME, ConnectionState: STATES, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListConnections')],
  handle: (input, call, { bridge: { connections } }) => {
    const { NamePrefix = '', ConnectionState } = input;
    const found = connections.connections
      .list(call)
      .filter(({ name, state }) => name.startsWith(NamePrefix) && state === (ConnectionState ?? state));
    const { items, next } = page(found, ({ name }) => name, input, 'ListConnections');
    const Connections = items.map((connection) => ({
      ...authorizedOutput(connection),
      Name: connection.name,
      AuthorizationType: connection.type,
    }));
    return { Connections, NextToken: next };
  },
});
