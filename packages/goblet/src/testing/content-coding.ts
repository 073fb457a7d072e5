import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';

const DECODERS: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/**
 * The content of a body (RFC 9110, section 8.4), as clients give it to those who ask; `undefined` where it is not in the
 * codings that it claims, or in one that is not known here.
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
