import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isLoopback } from '../../../gateway/host.js';

/** Milliseconds that an endpoint has for its answer ("Fanout to HTTP/S endpoints" of the developer guide). */
const TIMEOUT = 15_000;

/** True of an address on this machine, the only ones that the local cloud sends to. */
export function isLocalAddress(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}

/**
 * Posts a text to an address of this machine. Redirects are answers: nothing is followed.
 *
 * @returns the status of the answer
 * @throws Error where the endpoint cannot be reached, or does not answer in time
 */
export function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<number> {
  if (!isLocalAddress(url)) throw new Error(`${url} is not an address of this machine`);
  const target = new URL(url);
  const credentials = target.username !== '' && {
    auth: `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`,
  };
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = send(target, {
      method: 'POST',
      headers: {
        ...headers,
        'Content-Length': Buffer.byteLength(body),
        Connection: 'Keep-Alive',
        'User-Agent': 'Amazon Simple Notification Service Agent',
        'Accept-Encoding': 'gzip,deflate',
      },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT),
      // A server on this machine has no certificate that somebody else signed.
      rejectUnauthorized: false,
      ...credentials,
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      incoming.resume();
      incoming.on('end', () => resolve(incoming.statusCode ?? 0));
      incoming.on('error', reject);
      incoming.on('end', () => outgoing.destroy());
    });
    outgoing.end(body);
  });
}
