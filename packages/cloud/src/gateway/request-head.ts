import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHead } from '../core/http.js';

function headersOf(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([(raw[i] ?? '').toLowerCase(), raw[i + 1] ?? '']);
  return headers;
}

/**
 * A signal that is aborted when the client goes away before it has its answer. Made on demand: most operations never
 * look at it.
 *
 * @param isOver true if nobody waits for an answer any more
 * @param onEnd calls back when the exchange ends, answered or not
 */
export function whenGone(isOver: () => boolean, onEnd: (ended: () => void) => void): () => AbortSignal {
  let gone: AbortController | undefined;
  return () => {
    if (!gone) {
      const controller = new AbortController();
      gone = controller;
      const look = (): void => {
        if (isOver()) controller.abort();
      };
      look();
      onEnd(look);
    }
    return gone.signal;
  };
}

/** The path and the query of a request's target. */
export function targetOf(url: string): Pick<RequestHead, 'path' | 'query'> {
  const mark = url.indexOf('?');
  return { path: mark === -1 ? url : url.slice(0, mark), query: mark === -1 ? '' : url.slice(mark + 1) };
}

/** An address of IPv4 as it is written. */
export const addressOf = (remote: string | undefined): string => (remote ?? '127.0.0.1').replace(/^::ffff:/, '');

/** Reads the head of a request. The body is left where it is. */
export function readHead(incoming: IncomingMessage, outgoing: ServerResponse): RequestHead {
  const signal = whenGone(
    () => outgoing.closed && !outgoing.writableFinished,
    (ended) => outgoing.once('close', ended),
  );
  return {
    method: incoming.method ?? 'GET',
    ...targetOf(incoming.url ?? '/'),
    headers: headersOf(incoming.rawHeaders),
    sourceIp: addressOf(incoming.socket.remoteAddress),
    get signal() {
      return signal();
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
