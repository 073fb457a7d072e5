import type { Scope } from '../../../core/operation.js';
import { randomId } from '../../../core/random-id.js';
import { anyAccess, type namedAccess } from '../access.js';
import {
  type ConnectionName,
  connectionArn,
  destinationArn,
  parseConnectionArn,
} from '../connections/connection-name.js';
import { destinationOutput, destinationSettings } from '../connections/connection-output.js';
import type { Connections } from '../connections/connections.js';
import { alreadyExists, notFound } from '../events-error.js';
import { isTaken } from '../owner.js';
import { page } from '../pages.js';
import { DESCRIPTION, type EventsState, eventsOperation, NAME, PAGE } from '../service-state.js';

const CONNECTION = {
  min: 1,
  max: 1600,
  pattern: /^arn:aws([a-z]|-)*:events:([a-z]|\d|-)*:([0-9]{12})?:connection\/[.\-_A-Za-z0-9]+\/[-A-Za-z0-9]+$/,
  patternText: String.raw`^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$`,
};
const SETTINGS = {
  Name: NAME,
  Description: DESCRIPTION,
  ConnectionArn: CONNECTION,
  InvocationEndpoint: {
    min: 1,
    max: 2048,
    pattern: /^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$/,
  },
  HttpMethod: { values: ['HEAD', 'POST', 'PATCH', 'DELETE', 'PUT', 'GET', 'OPTIONS'] },
  InvocationRateLimitPerSecond: { min: 1 },
};
/** Requests a second. */
const RATE = 300;

const named = ({ Name: name }: { readonly Name: string }, { account, region }: Scope) => ({
  destination: { account, region, name },
});

/** The reference names API destinations without the id that their ARNs end with. */
const destinationAccess = <In extends { readonly destination: ConnectionName }>(
  row: Parameters<typeof namedAccess<In>>[0],
  action: string,
) =>
  row({
    action: `events:${action}`,
    type: 'api-destination',
    on: ({ destination }, _call, { bridge }: EventsState) => ({
      resource: destinationArn({ id: '*', ...destination, ...bridge.connections.destinations.find(destination) }),
    }),
  });

/** @throws AwsError ResourceNotFoundException */
function checkConnection(arn: string, { connections }: Connections): void {
  const name = parseConnectionArn(arn);
  const connection = name && connections.find(name);
  if (!connection || connectionArn(connection) !== arn) throw notFound(`Connection '${arn}' does not exist.`);
}

export const createApiDestination = eventsOperation({
  name: 'CreateApiDestination',
  limits: SETTINGS,
  parse: (input, scope) => ({
    ...named(input, scope),
    settings: {
      description: input.Description,
      connection: input.ConnectionArn,
      endpoint: input.InvocationEndpoint,
      method: input.HttpMethod,
      rate: input.InvocationRateLimitPerSecond ?? RATE,
    },
  }),
  access: (row) => [destinationAccess(row, 'CreateApiDestination')],
  handle: async ({ destination, settings }, call, { context, bridge: { connections } }) => {
    const { destinations } = connections;
    const existing = destinations.find(destination);
    if (isTaken(existing, call)) throw alreadyExists(`An api-destination '${destination.name}' already exists.`);
    if (existing) return destinationOutput(existing, connections.connections);
    checkConnection(settings.connection, connections);
    const now = context.now();
    const record = {
      ...destination,
      ...settings,
      id: randomId.uuid(),
      created: now,
      modified: now,
      owner: call.resourceId,
    };
    await destinations.put(record);
    return destinationOutput(record, connections.connections);
  },
});

export const updateApiDestination = eventsOperation({
  name: 'UpdateApiDestination',
  limits: SETTINGS,
  parse: (input, scope) => ({ ...named(input, scope), input }),
  access: (row) => [destinationAccess(row, 'UpdateApiDestination')],
  handle: async ({ destination: name, input }, _call, { context, bridge: { connections } }) => {
    const destination = connections.destinations.get(name, 'update');
    const changed = {
      ...destination,
      description: input.Description ?? destination.description,
      connection: input.ConnectionArn ?? destination.connection,
      endpoint: input.InvocationEndpoint ?? destination.endpoint,
      method: input.HttpMethod ?? destination.method,
      rate: input.InvocationRateLimitPerSecond ?? destination.rate,
      modified: context.now(),
    };
    checkConnection(changed.connection, connections);
    await connections.destinations.put(changed);
    return destinationOutput(changed, connections.connections);
  },
});

export const describeApiDestination = eventsOperation({
  name: 'DescribeApiDestination',
  limits: { Name: NAME },
  parse: named,
  access: (row) => [destinationAccess(row, 'DescribeApiDestination')],
  handle: ({ destination: name }, _call, { bridge: { connections } }) => {
    const destination = connections.destinations.get(name, 'describe');
    return { ...destinationSettings(destination, connections.connections), Description: destination.description };
  },
});

export const deleteApiDestination = eventsOperation({
  name: 'DeleteApiDestination',
  limits: { Name: NAME },
  parse: named,
  access: (row) => [destinationAccess(row, 'DeleteApiDestination')],
  handle: async ({ destination }, _call, { bridge: { connections } }) => {
    await connections.destinations.delete(connections.destinations.get(destination, 'delete'));
  },
});

export const listApiDestinations = eventsOperation({
  name: 'ListApiDestinations',
  limits: { NamePrefix: NAME, ConnectionArn: CONNECTION, Limit: PAGE },
  access: (row) => [anyAccess(row, 'ListApiDestinations')],
  handle: (input, call, { bridge: { connections } }) => {
    const { NamePrefix = '', ConnectionArn } = input;
    const found = connections.destinations
      .list(call)
      .filter(({ name, connection }) => name.startsWith(NamePrefix) && connection === (ConnectionArn ?? connection));
    const { items, next } = page(found, ({ name }) => name, input, 'ListApiDestinations');
    return {
      ApiDestinations: items.map((destination) => destinationSettings(destination, connections.connections)),
      NextToken: next,
    };
  },
});
