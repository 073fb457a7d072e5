import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import type { HttpResponse } from '../core/http.js';

/**
 * Node takes a header for Latin-1: what does not fit in goes out as the bytes of its UTF-8, as it comes in. What no header
 * can have is a space.
 */
export function onWire(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what HTTP has no way to send
  const value = text.replace(/[\0-\x08\x0a-\x1f\x7f]/g, ' ');
  return /[^\0-\xff]/.test(value) ? Buffer.from(value).toString('latin1') : value;
}

const isLength = (name: string): boolean => name.toLowerCase() === 'content-length';

function rawHeaders(headers: HttpResponse['headers']): string[] {
  const raw: string[] = [];
  for (const [name, value] of headers) if (!isLength(name)) raw.push(name, onWire(value));
  // After a length, Node reads Content-Disposition as UTF-8, and fails if it is not.
  for (const [name, value] of headers) if (isLength(name)) raw.push(name, value);
  return raw;
}

/** The head of a response whose body is known in full, with its Content-Length. */
function writeHead(outgoing: ServerResponse, { status, headers }: HttpResponse, body: string | Uint8Array): void {
  const raw = rawHeaders(headers);
  const bodiless = status === 204 || status === 304 || status < 200;
  if (!bodiless && !headers.some(([name]) => isLength(name))) {
    raw.push('content-length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.length));
  }
  outgoing.writeHead(status, raw);
}

/** Sends the pieces of a body behind a head that is sent already. */
export async function writeStream(outgoing: Writable, body: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const chunk of body) {
      if (outgoing.destroyed) return;
      if (!outgoing.write(chunk)) {
        await new Promise<void>((resolve) => {
          const go = () => {
            outgoing.off('drain', go);
            outgoing.off('close', go);
            resolve();
          };
          outgoing.on('drain', go);
          outgoing.on('close', go);
        });
      }
    }
    outgoing.end();
  } catch {
    // The status is sent already: a broken connection is the only way left to say that the body is not whole.
    outgoing.destroy();
  }
}

/** Sends a response. A body known in full gets its Content-Length; a streamed one is chunked. */
export async function writeResponse(outgoing: ServerResponse, response: HttpResponse): Promise<void> {
  const { status, headers, body } = response;
  if (typeof body === 'string' || body instanceof Uint8Array) {
    if (outgoing.destroyed) return;
    writeHead(outgoing, response, body);
    outgoing.end(body.length > 0 ? body : undefined);
    return;
  }
  if (outgoing.destroyed) {
    // The stream's source learns that nobody reads it.
    await body[Symbol.asyncIterator]().return?.();
    return;
  }
  outgoing.writeHead(status, rawHeaders(headers));
  await writeStream(outgoing, body);
}

export interface LingerLimits {
  /** Milliseconds without a byte. */
  readonly silence: number;
  /** Milliseconds altogether. */
  readonly total: number;
}

const LINGER: LingerLimits = { silence: 5_000, total: 30_000 };

/** Reads on and throws away, so that the client can read its answer: closing now would reset the connection. */
export function discard(incoming: Readable, { silence, total }: LingerLimits = LINGER): Promise<void> {
  return new Promise((resolve) => {
    let idle = setTimeout(done, silence);
    const whole = setTimeout(done, total);
    function done(): void {
      clearTimeout(idle);
      clearTimeout(whole);
      incoming.removeAllListeners('data');
      resolve();
    }
    incoming.on('error', done);
    incoming.on('end', done);
    incoming.on('close', done);
    incoming.on('data', () => {
      clearTimeout(idle);
      idle = setTimeout(done, silence);
    });
    incoming.resume();
  });
}

/** Answers a request whose body is not going to be read, and closes its connection. */
export async function answerAndClose(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  response: HttpResponse,
  limits: LingerLimits = LINGER,
): Promise<void> {
  if (outgoing.destroyed) return;
  const { status, headers, body } = response;
  const closing: HttpResponse = { status, headers: [...headers, ['connection', 'close']], body };
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) return writeResponse(outgoing, closing);
  writeHead(outgoing, closing, body);
  if (body.length > 0) outgoing.write(body);
  else outgoing.flushHeaders();
  if (!incoming.complete) await discard(incoming, limits);
  outgoing.end();
}
