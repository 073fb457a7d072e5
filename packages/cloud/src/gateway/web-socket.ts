import { type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { HttpResponse } from '../core/http.js';
import type { OpenWebSocket, WebSocketChannel } from '../core/web-socket.js';
import { FrameGuard } from './frame-guard.js';
import { writeResponse } from './write-response.js';

/** "WebSocket frame size" and "Message payload size" ("Quotas for configuring and running a WebSocket API"). */
const FRAME = 32 * 1024;
const MESSAGE = 128 * 1024;
/** Milliseconds that a client has to answer a close frame. */
const FAREWELL = 5_000;
const TOO_BIG = 'Message too big';

/** True of a request to open a WebSocket; there are other protocols to upgrade to. */
export function opensWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** A request to upgrade, before anything is answered: its response can be written like another. */
export interface Upgrade {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly socket: Duplex;
  /** The bytes that came behind the head. */
  readonly rest: Buffer;
}

export function newUpgrade(incoming: IncomingMessage, socket: Duplex, rest: Buffer): Upgrade {
  const outgoing = new ServerResponse(incoming);
  outgoing.shouldKeepAlive = false;
  outgoing.assignSocket(incoming.socket);
  // A client that goes away is no failure.
  socket.on('error', () => socket.destroy());
  return { incoming, outgoing, socket, rest };
}

/** Writes the response that refuses an upgrade. */
export async function refuseUpgrade({ outgoing, socket }: Upgrade, response: HttpResponse): Promise<void> {
  if (socket.destroyed) return;
  await writeResponse(outgoing, { ...response, headers: [...response.headers, ['connection', 'close']] });
  socket.end();
}

const BAD_HANDSHAKE: HttpResponse = {
  status: 400,
  headers: [['content-type', 'application/json']],
  body: '{"message":"Bad Request"}',
};

/** The response to a request that is no handshake (RFC 6455, section 4.2.1); undefined for one that is. */
export function handshakeMistake({ headers }: IncomingMessage): HttpResponse | undefined {
  const key = headers['sec-websocket-key'];
  const isRight = headers['sec-websocket-version'] === '13' && /^[+/0-9A-Za-z]{22}==$/.test(key ?? '');
  return isRight ? undefined : BAD_HANDSHAKE;
}

/** Speaks the WebSocket protocol for the fronts of the cloud. */
export class WebSockets {
  readonly #open = new Set<WebSocket>();
  #server: Promise<WebSocketServer> | undefined;

  /** Accepts an upgrade in the name of a front. */
  opener({ incoming, outgoing, socket, rest }: Upgrade): OpenWebSocket {
    return async (protocol, listen) => {
      const server = await this.#serverOf();
      if (socket.destroyed) return false;
      outgoing.detachSocket(incoming.socket);
      server.options.handleProtocols = () => protocol ?? false;
      let opened = false;
      // The server answers within the call.
      server.handleUpgrade(incoming, socket, rest, (webSocket) => {
        opened = true;
        this.#open.add(webSocket);
        webSocket.on('close', () => this.#open.delete(webSocket));
        attach(webSocket, socket, listen);
      });
      return opened;
    };
  }

  close(): void {
    for (const webSocket of this.#open) webSocket.terminate();
  }

  /** Loaded when the first connection comes: most clouds have none. */
  #serverOf(): Promise<WebSocketServer> {
    this.#server ??= import('ws').then(
      (ws) =>
        new ws.WebSocketServer({
          noServer: true,
          clientTracking: false,
          maxPayload: MESSAGE,
          perMessageDeflate: false,
        }),
    );
    return this.#server;
  }
}

function attach(
  webSocket: WebSocket,
  socket: Duplex,
  listen: (channel: WebSocketChannel) => ReturnType<Parameters<OpenWebSocket>[1]>,
): void {
  let closing: { readonly code: number; readonly reason: string } | undefined;
  const close = (code: number, reason: string): void => {
    if (closing) return;
    closing = { code, reason };
    webSocket.close(code, reason);
    const timer = setTimeout(() => webSocket.terminate(), FAREWELL);
    webSocket.once('close', () => clearTimeout(timer));
  };
  const listener = listen({
    send: (text) => sendText(webSocket, text),
    close,
    terminate: () => webSocket.terminate(),
  });
  const frames = new FrameGuard(FRAME);
  socket.prependListener('data', (chunk: Buffer) => {
    if (frames.exceeds(chunk)) close(1009, TOO_BIG);
  });
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    if (closing) return;
    // Developer guide, "Binary media types for WebSocket APIs": a binary frame ends the connection.
    if (isBinary) close(1003, 'Binary frames are not supported');
    else listener.message(data.toString('utf8'));
  });
  webSocket.on('ping', () => listener.active());
  webSocket.on('pong', () => listener.active());
  // The protocol's own errors close the connection with their codes.
  webSocket.on('error', (error: NodeJS.ErrnoException) => {
    closing ??=
      error.code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
        ? { code: 1009, reason: TOO_BIG }
        : { code: 1002, reason: error.message };
  });
  webSocket.on('close', (code: number, reason: Buffer) =>
    listener.closed(closing?.code ?? code, closing?.reason ?? reason.toString('utf8')),
  );
}

/** Longer texts leave in several frames, as on AWS. */
async function sendText(webSocket: WebSocket, text: string): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  let sent = 0;
  do {
    const end = Math.min(sent + FRAME, bytes.length);
    await sendFrame(webSocket, bytes.subarray(sent, end), end === bytes.length);
    sent = end;
  } while (sent < bytes.length);
}

function sendFrame(webSocket: WebSocket, bytes: Buffer, fin: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    webSocket.send(bytes, { fin, binary: false }, (error) => (error ? reject(error) : resolve()));
  });
}
