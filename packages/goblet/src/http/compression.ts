import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Headers } from './outcome.js';

/** Options of `compression`. */
export interface CompressionOptions {
  /**
   * Bytes; smaller bodies are not encoded.
   * @default 1024
   */
  readonly minimumSize?: number;
}

/** Encodes response bodies; created by `compression`. */
export interface Compression {
  /** The body to send, encoded or unchanged; the headers record what it did. */
  encode(body: Body, headers: Headers, acceptEncoding: string | undefined): Body;
}

type Body = string | Uint8Array;

const COMPRESSIBLE = /^text\/|[/+](json|xml|javascript|wasm)|^image\/svg/i;

/**
 * The weight of a coding in `Accept-Encoding` (RFC 9110, section 12.5.3), `unsaid` if the header does not mention it.
 */
function weight(header: string, coding: string, unsaid: number): number {
  let any = unsaid;
  for (const part of header.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const q = parameters.find((text) => text.startsWith('q='));
    const value = q === undefined ? 1 : Number(q.slice(2)) || 0;
    if (name === coding) return value;
    if (name === '*') any = value;
  }
  return any;
}

/**
 * Compresses text responses with brotli or gzip, as the client accepts.
 * @example new App('web-api', { compression: compression() });
 */
export function compression({ minimumSize = 1024 }: CompressionOptions = {}): Compression {
  return {
    encode(body, headers, accepted = '') {
      const type = String(headers['content-type'] ?? '');
      // A range of a body would be a range of its encoded form, which the handler did not have (RFC 9110, section 14).
      if (headers['content-encoding'] !== undefined || headers['content-range'] !== undefined) return body;
      if (!COMPRESSIBLE.test(type)) return body;
      headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding';
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const br = weight(accepted, 'br', 0);
      const gzip = weight(accepted, 'gzip', 0);
      // An encoding that the client does not mention is as good as any; it must mention what it prefers or refuses.
      const identity = weight(accepted, 'identity', Number.MIN_VALUE);
      if (!bytes.length || Math.max(br, gzip) < identity) return body;
      if (bytes.length < minimumSize && identity > 0) return body;
      if (br === 0 && gzip === 0) return body;
      headers['content-encoding'] = br >= gzip ? 'br' : 'gzip';
      if (br < gzip) return gzipSync(bytes);
      return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    },
  };
}
