import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { MAX_BODY } from './limits.js';

export interface HttpCall {
  readonly url: URL;
  readonly method: string;
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
  /** True to take any certificate (`tlsConfig.insecureSkipVerification`). */
  readonly insecure: boolean;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: [name: string, value: string][];
  readonly body: Uint8Array;
}

/**
 * Addresses that hand out the credentials of the machine they are asked from. Where a request has a say in the
 * integration's address, it must not lead there.
 */
function isMetadataAddress(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(host) === 4) return host.startsWith('169.254.');
  return (
    isIP(host) === 6 && (/^fe[89ab]/.test(host) || host.startsWith('fd00:ec2:') || host.startsWith('::ffff:a9fe:'))
  );
}

/**
 * Sends one request. Redirects are answers: nothing is followed.
 * @throws where the endpoint cannot be reached, answers with more than a payload, or must not be asked
 */
export function callHttp({ url, method, headers, body, insecure, signal }: HttpCall): Promise<HttpAnswer> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error(`${url.protocol} is not http or https`);
  if (isMetadataAddress(url.hostname)) throw new Error(`${url.hostname} is an address of instance metadata`);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = send(url, {
      method,
      headers: Object.fromEntries([...headers].map(([name, values]) => [name, [...values]])),
      signal,
      agent: false,
      ...(insecure && { rejectUnauthorized: false }),
    });
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      read(incoming).then(resolve, reject);
    });
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of incoming) {
    length += chunk.length;
    if (length > MAX_BODY) {
      incoming.destroy();
      throw new Error(`the endpoint answered with more than ${MAX_BODY} bytes`);
    }
    chunks.push(chunk);
  }
  const { rawHeaders } = incoming;
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    headers.push([(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? '']);
  }
  return { status: incoming.statusCode ?? 502, headers, body: Buffer.concat(chunks) };
}
