import {
  ConnectionGone,
  type ConnectionInfo,
  type Connections,
  messageText,
} from '../sources/websocket/connections.js';
import type { Posted } from './types.js';

/** The connections of a test. It keeps what is sent; a connection is gone if it was closed or is listed as gone. */
export class TestConnections implements Connections {
  readonly posted: Posted[] = [];
  readonly gone = new Set<string>();

  async send(connectionId: string, data: unknown): Promise<void> {
    const text = messageText(data);
    this.#open(connectionId);
    this.posted.push({ connectionId, data: typeof data === 'string' ? data : JSON.parse(text) });
  }

  async close(connectionId: string): Promise<void> {
    this.#open(connectionId);
    this.gone.add(connectionId);
  }

  async info(connectionId: string): Promise<ConnectionInfo> {
    this.#open(connectionId);
    const now = new Date();
    return { connectedAt: now, lastActiveAt: now, sourceIp: '127.0.0.1', userAgent: 'goblet-test' };
  }

  #open(connectionId: string): void {
    if (this.gone.has(connectionId)) throw new ConnectionGone(connectionId);
  }
}
