import { connectionArn, destinationArn, parseConnectionArn } from './connection-name.js';
import type { ConnectionRecord, ConnectionStore, DestinationRecord } from './connection-store.js';

/** A connection as its operations answer it. */
export function connectionOutput(connection: ConnectionRecord) {
  return {
    ConnectionArn: connectionArn(connection),
    ConnectionState: connection.state,
    CreationTime: new Date(connection.created),
    LastModifiedTime: new Date(connection.modified),
  };
}

/** The same with when it was authorized last. */
export function authorizedOutput(connection: ConnectionRecord) {
  return { ...connectionOutput(connection), LastAuthorizedTime: new Date(connection.authorized) };
}

/** An API destination as its operations answer it: active while its connection is authorized. */
export function destinationOutput(destination: DestinationRecord, connections: ConnectionStore) {
  const name = parseConnectionArn(destination.connection);
  const connection = name && connections.find(name);
  const isActive = connection?.state === 'AUTHORIZED';
  return {
    ApiDestinationArn: destinationArn(destination),
    ApiDestinationState: isActive ? ('ACTIVE' as const) : ('INACTIVE' as const),
    CreationTime: new Date(destination.created),
    LastModifiedTime: new Date(destination.modified),
  };
}

/** The same with its settings, as it is described and listed. */
export function destinationSettings(destination: DestinationRecord, connections: ConnectionStore) {
  return {
    ...destinationOutput(destination, connections),
    Name: destination.name,
    ConnectionArn: destination.connection,
    InvocationEndpoint: destination.endpoint,
    HttpMethod: destination.method,
    InvocationRateLimitPerSecond: destination.rate,
  };
}
