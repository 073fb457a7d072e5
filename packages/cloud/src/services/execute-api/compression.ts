import { gzipSync } from 'node:zlib';
import { type HttpRequest, type HttpResponse, header } from '../../core/http.js';

/**
 * Compresses answers from a size on for clients that accept gzip (developer guide, "Enable payload compression for an API").
 * @param minimumSize bytes; undefined for never
 */
export function compressed(
  minimumSize: number | undefined,
): (request: HttpRequest, response: HttpResponse) => HttpResponse {
  if (minimumSize === undefined) return (_request, response) => response;
  return (request, response) => {
    const { body, headers } = response;
    if (typeof body !== 'string' && !(body instanceof Uint8Array)) return response;
    if (body.length === 0 || Buffer.byteLength(body) < minimumSize) return response;
    if (!/\bgzip\b/i.test(header(request, 'accept-encoding') ?? '')) return response;
    if (headers.some(([name]) => name === 'content-encoding')) return response;
    return { ...response, headers: [...headers, ['content-encoding', 'gzip']], body: gzipSync(body) };
  };
}
