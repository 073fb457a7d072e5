import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHead } from '../core/http.js';

function headersOf(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([(raw[i] ?? '').toLowerCase(), raw[i + 1] ?? '']);
  return headers;
}

/** Reads the head of a request. The body is left where it is. */
export function readHead(incoming: IncomingMessage, outgoing: ServerResponse): RequestHead {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  let gone: AbortController | undefined;
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: headersOf(incoming.rawHeaders),
    sourceIp: (incoming.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
    // Made on demand: most operations never look at it.
    get signal() {
      if (!gone) {
        const controller = new AbortController();
        gone = controller;
        if (outgoing.closed && !outgoing.writableFinished) controller.abort();
        outgoing.once('close', () => {
          if (!outgoing.writableFinished) controller.abort();
        });
      }
      return gone.signal;
    },
  };
}

/** The request that a head and its body make. */
export function withBody<Body extends object>(head: RequestHead, body: Body): RequestHead & Body {
  const { method, path, query, headers, sourceIp } = head;
  return {
    method,
    path,
    query,
    headers,
    sourceIp,
    get signal() {
      return head.signal;
    },
    ...body,
  };
}
