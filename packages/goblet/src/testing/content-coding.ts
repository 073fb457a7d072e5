import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * The decoded content of a body (RFC 9110, section 8.4); `undefined` if the body does not match its codings, or a
 * coding is unknown.
 */
export function contentOf(bytes: Uint8Array, contentEncoding: string | undefined): Uint8Array | undefined {
  const codings = (contentEncoding ?? '').split(',').map((coding) => coding.trim().toLowerCase());
  try {
    return codings
      .filter((coding) => coding !== '' && coding !== 'identity')
      .reduceRight<Uint8Array | undefined>((content, coding) => content && DECODERS[coding]?.(content), bytes);
  } catch {
    return undefined;
  }
}
