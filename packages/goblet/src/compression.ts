import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Headers } from './http/outcome.js';

export interface CompressionOptions {
  /** Bytes; smaller bodies are sent as they are. @default 1024 */
  readonly minimumSize?: number;
}

/** Encodes response bodies; made by `compression`. */
export interface Compression {
  /** The body to send, encoded or as it was; says in the headers what it did. */
  encode(body: Body, headers: Headers, acceptEncoding: string | undefined): Body;
}

type Body = string | Uint8Array;

const COMPRESSIBLE = /^text\/|[/+](json|xml|javascript|wasm)|^image\/svg/i;

/** The weight that `Accept-Encoding` gives a coding (RFC 9110, section 12.5.3); 0 for none. */
function weight(header: string, coding: string): number {
  let any = 0;
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
 * Compresses text responses by brotli or gzip, as the client accepts.
 * @example new App('web-api', { compression: compression() });
 */
export function compression({ minimumSize = 1024 }: CompressionOptions = {}): Compression {
  return {
    encode(body, headers, accepted = '') {
      const type = String(headers['content-type'] ?? '');
      if (headers['content-encoding'] !== undefined || !COMPRESSIBLE.test(type)) return body;
      headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding';
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      if (bytes.length < minimumSize) return body;
      const br = weight(accepted, 'br');
      const gzip = weight(accepted, 'gzip');
      if (br === 0 && gzip === 0) return body;
      headers['content-encoding'] = br >= gzip ? 'br' : 'gzip';
      if (br < gzip) return gzipSync(bytes);
      return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
    },
  };
}
