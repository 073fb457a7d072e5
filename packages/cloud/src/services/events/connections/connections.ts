import type { Area } from '../../../core/store.js';
import { type DestinationName, parseConnectionArn } from './connection-name.js';
import {
  type ConnectionRecord,
  type ConnectionStore,
  connectionStore,
  type DestinationRecord,
  type DestinationStore,
  destinationStore,
} from './connection-store.js';

/** The API destinations of every account and region, and the connections that authorize requests to them. */
export class Connections {
  readonly connections: ConnectionStore;
  readonly destinations: DestinationStore;

  constructor(root: Area) {
    this.connections = connectionStore(root);
    this.destinations = destinationStore(root);
  }

  async load(): Promise<void> {
    await this.connections.load();
    await this.destinations.load();
  }

  /** An API destination with its connection; undefined where either has been deleted. */
  destination(
    name: DestinationName,
  ): { readonly destination: DestinationRecord; readonly connection: ConnectionRecord } | undefined {
    const destination = this.destinations.find(name);
    const connectionName = destination && parseConnectionArn(destination.connection);
    const connection = connectionName && this.connections.find(connectionName);
    return destination?.id === name.id && connection ? { destination, connection } : undefined;
  }
}
