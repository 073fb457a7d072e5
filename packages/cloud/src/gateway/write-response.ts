import type { ServerResponse } from 'node:http';
import type { HttpResponse } from '../core/http.js';

function rawHeaders(headers: HttpResponse['headers']): string[] {
  const raw: string[] = [];
  for (const [name, value] of headers) raw.push(name, value);
  return raw;
}

async function writeStream(outgoing: ServerResponse, body: AsyncIterable<Uint8Array>): Promise<void> {
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
export async function writeResponse(outgoing: ServerResponse, { status, headers, body }: HttpResponse): Promise<void> {
  if (outgoing.destroyed) return;
  const raw = rawHeaders(headers);
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const bodiless = status === 204 || status === 304 || status < 200;
    if (!bodiless && !headers.some(([name]) => name.toLowerCase() === 'content-length')) {
      raw.push('content-length', String(typeof body === 'string' ? Buffer.byteLength(body) : body.length));
    }
    outgoing.writeHead(status, raw);
    outgoing.end(body.length > 0 ? body : undefined);
    return;
  }
  outgoing.writeHead(status, raw);
  await writeStream(outgoing, body);
}
