import type { HttpRequest, HttpResponse, RequestHead } from './http.js';
import type { OpenWebSocket } from './web-socket.js';

/**
 * An address of the cloud that is not an AWS API: a deployed API, a function URL. Fronts are asked before the request
 * is taken for an AWS call, so they check who calls themselves; browsers may call them (no Origin rule).
 */
export interface Front {
  /**
   * True if this front owns a host other than the cloud's: lower case, without a port.
   * @default no such host
   */
  readonly ownsHost?: (name: string) => boolean;
  /** True if the request is for this front, by its Host or path alone. */
  readonly matches: (request: RequestHead) => boolean;
  /** The largest body it accepts, in bytes. Of a larger one it gets `bodyTooLarge`. */
  readonly maxBody: number;
  readonly handle: (request: HttpRequest) => Promise<HttpResponse>;
  /** @default no request opens a WebSocket */
  readonly webSockets?: WebSocketFront;
}

/** The part of a front that opens WebSockets. */
export interface WebSocketFront {
  /** True if the request opens a WebSocket; otherwise the front takes it for one like any other. */
  readonly takes: (head: RequestHead) => Promise<boolean>;
  /** Opens it, or gives the response that refuses it. */
  readonly answer: (request: HttpRequest, open: OpenWebSocket) => Promise<HttpResponse | 'opened'>;
}
