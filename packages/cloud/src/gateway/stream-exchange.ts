import { constants, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { HttpResponse, RequestHead } from '../core/http.js';
import type { Exchange } from './exchange.js';
import { addressOf, targetOf, whenGone } from './request-head.js';
import type { BodySource } from './unread-body.js';
import { discard, onWire, writeStream } from './write-response.js';

/** Headers that are about a connection of HTTP/1.1; HTTP/2 forbids them (RFC 9113, 8.2.2). */
const OF_CONNECTIONS = new Set(['connection', 'keep-alive', 'proxy-connection', 'transfer-encoding', 'upgrade']);

/** The fields that are no pseudo-headers, with the authority as the Host that HTTP/1.1 has for it (RFC 9113, 8.3.1). */
function headersOf(raw: readonly string[], authority: string | undefined): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = (raw[i] ?? '').toLowerCase();
    const value = raw[i + 1] ?? '';
    // A Host that says the same is no second one.
    if (!name.startsWith(':') && !(name === 'host' && value === authority)) headers.push([name, value]);
  }
  if (authority !== undefined) headers.push(['host', authority]);
  return headers;
}

function headOf(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, raw: readonly string[]): RequestHead {
  const { ':path': path, ':authority': authority } = headers;
  const signal = whenGone(
    () => (stream.aborted || stream.closed) && !stream.writableFinished,
    (ended) => stream.once('aborted', ended).once('close', ended),
  );
  return {
    method: String(headers[':method'] ?? 'GET'),
    ...targetOf(typeof path === 'string' ? path : ''),
    headers: headersOf(raw, typeof authority === 'string' ? authority : undefined),
    sourceIp: addressOf(stream.session?.socket.remoteAddress),
    get signal() {
      return signal();
    },
  };
}

function bodyOf(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): BodySource {
  const { 'content-length': length } = headers;
  return {
    stream,
    length: stream.endAfterHeaders ? 0 : length === undefined ? undefined : Number(length),
    isComplete: () => stream.endAfterHeaders || stream.readableEnded,
    onSilence: (milliseconds, silent) => stream.setTimeout(milliseconds, silent),
    ...(headers.expect === '100-continue' && { askFor: () => stream.additionalHeaders({ ':status': 100 }) }),
  };
}

function writeHead(stream: ServerHttp2Stream, { status, headers, body }: HttpResponse): void {
  const all: OutgoingHttpHeaders = { ':status': status };
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (OF_CONNECTIONS.has(key)) continue;
    const known = all[key];
    // Of a length or a type there is one; other repeated headers are sent repeatedly.
    if (known === undefined || key === 'content-length' || key === 'content-type') all[key] = onWire(value);
    else all[key] = [...(Array.isArray(known) ? known : [String(known)]), onWire(value)];
  }
  const isWhole = typeof body === 'string' || body instanceof Uint8Array;
  if (isWhole && all['content-length'] === undefined && status !== 204 && status !== 304) {
    all['content-length'] = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  }
  stream.respond(all);
}

async function answer(stream: ServerHttp2Stream, response: HttpResponse): Promise<void> {
  const { body } = response;
  const isWhole = typeof body === 'string' || body instanceof Uint8Array;
  if (stream.destroyed || stream.closed) {
    // The stream's source learns that nobody reads it.
    if (!isWhole) await body[Symbol.asyncIterator]().return?.();
    return;
  }
  writeHead(stream, response);
  if (isWhole) stream.end(body.length > 0 ? body : undefined);
  else await writeStream(stream, body);
}

/** One request of a connection of HTTP/2. */
export function streamExchange(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
): Exchange {
  // A client that resets a request is gone; what reads or writes the stream learns it by its end.
  stream.on('error', () => {});
  // A stream whose end nobody has read is not closed when its client resets it.
  if (stream.endAfterHeaders) stream.resume();
  const body = bodyOf(stream, headers);
  return {
    head: headOf(stream, headers, rawHeaders),
    body,
    answer: async (response) => {
      await answer(stream, response);
      if (!body.isComplete()) stream.resume();
    },
    refuse: async (response) => {
      await answer(stream, response);
      if (body.isComplete() || stream.destroyed) return;
      // The answer is whole before the rest of the body is: this asks the client to stop, without an error (8.1).
      if (!stream.writableFinished)
        await new Promise((resolve) => stream.once('finish', resolve).once('close', resolve));
      stream.close(constants.NGHTTP2_NO_ERROR);
      await discard(stream);
    },
    abort: () => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
  };
}
