import type { EventEmitter } from 'node:events';
import type { Server } from 'node:http';
import { createServer, type IncomingHttpHeaders, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Exchange } from './exchange.js';
import { streamExchange } from './stream-exchange.js';

/** The bytes with which a client begins that knows that the server speaks HTTP/2 (RFC 9113, 3.4). */
const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Bytes of a request's headers: as many as Node takes in HTTP/1.1. */
const LARGEST_HEAD = 16 * 1024;

/** Milliseconds that a client may take. */
export interface Http2Timeouts {
  /** For the first bytes of a connection, which tell its version. */
  readonly preface: number;
  /** Between two requests of a connection of HTTP/2. */
  readonly idle: number;
}

/**
 * Makes a server take HTTP/2 without TLS as well, which the Node clients of some AWS services speak (Kinesis). The first
 * bytes of a connection tell which version it is.
 *
 * @returns ends every connection that HTTP/1.1 does not know of
 */
export function alsoHttp2(server: Server, take: (exchange: Exchange) => void, timeouts: Http2Timeouts): () => void {
  const http2 = createServer({
    settings: { maxConcurrentStreams: 250, maxHeaderListSize: LARGEST_HEAD },
  });
  const open = new Set<Socket>();
  // Node's types leave out the last argument, which Node documents: the headers as they came, repeated ones too.
  const requests: EventEmitter = http2;
  requests.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, _flags: number, raw: string[]) => {
    const exchange = streamExchange(stream, headers, raw);
    if (raw.reduce((bytes, text) => bytes + text.length, 0) <= LARGEST_HEAD) take(exchange);
    else void exchange.refuse({ status: 431, headers: [], body: '' });
  });
  http2.on('session', (session) => endIdle(session, timeouts.idle));
  // Broken frames end their connection, and nobody else's.
  http2.on('sessionError', () => {});
  const http1 = server.listeners('connection') as ((socket: Socket) => void)[];
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    whichVersion(socket, timeouts.preface, (isHttp2) => {
      if (isHttp2) {
        http2.emit('connection', socket);
        return;
      }
      // From here on HTTP/1.1 keeps its own list.
      open.delete(socket);
      for (const listener of http1) listener.call(server, socket);
      socket.resume();
    });
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

/** Looks at the first bytes of a connection, and leaves them there. Nothing is decided of a client that goes away. */
function whichVersion(socket: Socket, limit: number, decided: (isHttp2: boolean) => void): void {
  let seen = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), limit);
  const gone = (): void => clearTimeout(timer);
  const look = (bytes: Buffer): void => {
    seen = Buffer.concat([seen, bytes]);
    const length = Math.min(seen.length, PREFACE.length);
    const isLike = seen.subarray(0, length).equals(PREFACE.subarray(0, length));
    if (isLike && length < PREFACE.length) return;
    clearTimeout(timer);
    socket.off('data', look);
    socket.off('close', gone);
    socket.off('error', gone);
    socket.pause();
    socket.unshift(seen);
    decided(isLike);
  };
  socket.on('data', look);
  socket.once('close', gone);
  socket.once('error', gone);
}

/** Ends a connection that has had no request for so many milliseconds, whatever else its client sends. */
function endIdle(session: ServerHttp2Session, idle: number): void {
  let requests = 0;
  let timer = setTimeout(end, idle);
  function end(): void {
    session.close();
    session.destroy();
  }
  session.on('stream', (stream) => {
    requests++;
    clearTimeout(timer);
    stream.once('close', () => {
      requests--;
      if (requests === 0 && !session.destroyed) timer = setTimeout(end, idle);
    });
  });
  session.once('close', () => clearTimeout(timer));
}
