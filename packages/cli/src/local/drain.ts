import { type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';

/** Milliseconds after which unused connections are closed. */
const IDLE = 5_000;

/**
 * Accepts no new connections. Requests in progress are answered here. A later request on an existing connection is
 * answered by the version that listens on the port now, and the connection then ends. Closing idle connections at once
 * would drop requests that are on their way.
 *
 * @param done called when the last connection has ended
 */
export function drain(server: Server, done: () => void): void {
  const { address, port } = server.address() as AddressInfo;
  const host = address === '::' ? '::1' : address === '0.0.0.0' ? '127.0.0.1' : address;
  server.removeAllListeners('request');
  server.on('request', (incoming, outgoing) => forward(incoming, outgoing, { host, port }));
  // The close method of an HTTP server would also close idle connections.
  NetServer.prototype.close.call(server, done);
  setTimeout(() => {
    server.closeIdleConnections();
    server.on('request', (_incoming, outgoing) => outgoing.once('close', () => server.closeIdleConnections()));
  }, IDLE).unref();
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, to: { host: string; port: number }): void {
  const { method, url, rawHeaders } = incoming;
  const onward = request({ ...to, method, path: url, headers: rawHeaders, agent: false, setHost: false });
  onward.on('response', (answer) => {
    const headers = [...answer.rawHeaders];
    for (let at = headers.length - 2; at >= 0; at -= 2) {
      if (/^(connection|keep-alive)$/i.test(headers[at] ?? '')) headers.splice(at, 2);
    }
    outgoing.writeHead(answer.statusCode ?? 502, [...headers, 'connection', 'close']);
    answer.pipe(outgoing);
    answer.on('error', () => outgoing.destroy());
  });
  onward.on('error', () => outgoing.destroy());
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
