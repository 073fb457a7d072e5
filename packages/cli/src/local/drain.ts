import { type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Server as NetServer } from 'node:net';

/** Milliseconds after which connections that nobody uses are closed. */
const IDLE = 5_000;

/**
 * Takes no new connection. What is under way is answered here; what comes later on a connection that is there is
 * answered by the version that listens on the port now, and the connection ends with it. To close idle connections at
 * once instead would drop the requests that are on their way on them.
 *
 * @param done told when the last connection has ended
 */
export function drain(server: Server, done: () => void): void {
  const { address, port } = server.address() as AddressInfo;
  const host = address === '::' ? '::1' : address === '0.0.0.0' ? '127.0.0.1' : address;
  server.removeAllListeners('request');
  server.on('request', (incoming, outgoing) => forward(incoming, outgoing, { host, port }));
  // The close of an HTTP server would close idle connections as well.
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
