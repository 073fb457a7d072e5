import { Agent, request } from 'node:http';
import type { Answer, Send } from './conformance-case.js';

/** Sends requests below a base address exactly as they are given: no path is normalised, no header added but Host and how long the body is. */
export function rawClient(base: string): Send & Disposable {
  const { hostname, port, pathname } = new URL(base);
  const prefix = pathname.replace(/\/$/, '');
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const send: Send = (method, path, given, body) =>
    new Promise<Answer>((resolve, reject) => {
      const headers = { ...(body && { 'content-length': String(body.length) }), ...given };
      const outgoing = request({ agent, hostname, port, method, path: prefix + path, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const received = Object.entries(incoming.headersDistinct).map(([name, values = []]) => [
            name,
            values.join(name === 'set-cookie' ? '\n' : ', '),
          ]);
          resolve({
            status: incoming.statusCode ?? 0,
            headers: Object.fromEntries(received),
            bytes: Buffer.concat(chunks),
          });
        });
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return Object.assign(send, { [Symbol.dispose]: () => agent.destroy() });
}
