import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export interface CompressionOptions {
  /** Bytes; smaller bodies are sent as they are. @default 1024 */
  readonly minimumSize?: number;
}

/** Encodes response bodies; made by `compression`. */
export interface Compression {
  /** The body and its Content-Encoding, `undefined` where it is better sent as it is. */
  encode(body: Uint8Array, contentType: string, acceptEncoding: string): readonly [Uint8Array, string] | undefined;
}

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
    encode(body, contentType, acceptEncoding) {
      if (body.length < minimumSize || !COMPRESSIBLE.test(contentType)) return undefined;
      const br = weight(acceptEncoding, 'br');
      const gzip = weight(acceptEncoding, 'gzip');
      if (br > 0 && br >= gzip)
        return [brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }), 'br'];
      return gzip > 0 ? [gzipSync(body), 'gzip'] : undefined;
    },
  };
}
