/** The end of a WebSocket that the cloud has, whoever speaks the protocol for it. */
export interface WebSocketChannel {
  /** Sends a text; resolves when it has left. Rejects where the connection is gone. */
  readonly send: (text: string) => Promise<void>;
  /** Begins to close. Messages that still come are dropped. */
  readonly close: (code: number, reason: string) => void;
  /** Ends the connection at once. */
  readonly terminate: () => void;
}

/** Receives the events of an open WebSocket. */
export interface WebSocketListener {
  readonly message: (text: string) => void;
  /** A ping or a pong came. */
  readonly active: () => void;
  /** Called once. 1005 where the client gave no code, 1006 where the connection broke off (RFC 6455, section 7.1.5). */
  readonly closed: (code: number, reason: string) => void;
}

/**
 * Accepts a request to open a WebSocket.
 * @param protocol the sub-protocol that is chosen; undefined for none
 * @param listen receives the channel before its first event
 * @returns false where the client has gone
 */
export type OpenWebSocket = (
  protocol: string | undefined,
  listen: (channel: WebSocketChannel) => WebSocketListener,
) => Promise<boolean>;
