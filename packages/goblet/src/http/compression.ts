import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Headers } from './outcome.js';

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

/** The weight that `Accept-Encoding` gives a coding (RFC 9110, section 12.5.3), `unsaid` where it does not say. */
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
 * Compresses text responses by brotli or gzip, as the client accepts.
 * @example new App('web-api', { compression: compression() });
 */
export function compression({ minimumSize = 1024 }: CompressionOptions = {}): Compression {
  return {
    encode(body, headers, accepted = '') {
      const type = String(headers['content-type'] ?? '');
      // A range of a body is a range of its encoded form too, which the handler did not have (RFC 9110, section 14).
      if (headers['content-encoding'] !== undefined || headers['content-range'] !== undefined) return body;
      if (!COMPRESSIBLE.test(type)) return body;
      headers.vary = headers.vary ? `${headers.vary}, Accept-Encoding` : 'Accept-Encoding';
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const br = weight(accepted, 'br', 0);
      const gzip = weight(accepted, 'gzip', 0);
      // What the client does not say is as good as any; what it prefers or refuses, it has to say.
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
