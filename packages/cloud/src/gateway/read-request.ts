import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRequest } from '../core/http.js';

const EMPTY = new Uint8Array(0);

/** A body larger than the cloud takes: it holds bodies in memory. */
export class BodyTooLarge extends Error {}

/** The largest body the cloud takes, in bytes: a part of S3's multipart upload may have more, nobody's laptop should. */
export const MAX_BODY = 1024 * 1024 * 1024;

function readBody(incoming: IncomingMessage): Promise<Uint8Array> {
  if (incoming.headers['content-length'] === '0' || incoming.method === 'GET' || incoming.method === 'HEAD') {
    if (incoming.headers['transfer-encoding'] === undefined && !Number(incoming.headers['content-length'])) {
      incoming.resume();
      return Promise.resolve(EMPTY);
    }
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) {
        reject(new BodyTooLarge(`the body is larger than ${MAX_BODY} bytes`));
        incoming.destroy();
        return;
      }
      chunks.push(chunk);
    });
    incoming.on('end', () => resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks, size)));
    incoming.on('error', reject);
    // Comes after `end` as well; an Error with its stack costs more than the rest of this function.
    incoming.on('close', () => {
      if (!incoming.readableEnded) reject(new Error('the client went away'));
    });
  });
}

function headersOf(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) headers.push([(raw[i] ?? '').toLowerCase(), raw[i + 1] ?? '']);
  return headers;
}

/** Reads a request, body and all. Nothing after this reads from the socket. */
export async function readRequest(incoming: IncomingMessage, outgoing: ServerResponse): Promise<HttpRequest> {
  const url = incoming.url ?? '/';
  const mark = url.indexOf('?');
  const body = await readBody(incoming);
  let gone: AbortController | undefined;
  return {
    method: incoming.method ?? 'GET',
    path: mark === -1 ? url : url.slice(0, mark),
    query: mark === -1 ? '' : url.slice(mark + 1),
    headers: headersOf(incoming.rawHeaders),
    body,
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
