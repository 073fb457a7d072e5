import { timingSafeEqual } from 'node:crypto';
import { AwsError } from '../core/aws-error.js';
import { type CredentialScope, EMPTY_SHA256, hmac, scopeText, sha256 } from './signature.js';

export interface DecodedBody {
  readonly body: Uint8Array;
  /** Lower-case names: `x-amz-checksum-crc32` */
  readonly trailers: readonly (readonly [string, string])[];
}

/** How chunks are signed: each signature signs the one before it, from the request's own onwards. */
export interface ChunkSigning {
  readonly key: Uint8Array;
  readonly scope: CredentialScope;
  readonly amzDate: string;
  readonly seed: string;
}

const malformed = () => new AwsError('IncompleteBody', 'The request body terminated unexpectedly', 400);

function checkSignature(signing: ChunkSigning, previous: string, data: Uint8Array, given: string): void {
  const text = [
    'AWS4-HMAC-SHA256-PAYLOAD',
    signing.amzDate,
    scopeText(signing.scope),
    previous,
    EMPTY_SHA256,
    sha256(data),
  ].join('\n');
  const expected = hmac(signing.key, text);
  const bytes = Buffer.from(given, 'hex');
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) {
    throw new AwsError('SignatureDoesNotMatch', 'The signature of a chunk of the body does not match', 403);
  }
}

function checkTrailerSignature(signing: ChunkSigning, previous: string, trailers: DecodedBody['trailers']): void {
  const given = trailers.find(([name]) => name === 'x-amz-trailer-signature')?.[1] ?? '';
  const signed = trailers.filter(([name]) => name !== 'x-amz-trailer-signature');
  const text = [
    'AWS4-HMAC-SHA256-TRAILER',
    signing.amzDate,
    scopeText(signing.scope),
    previous,
    sha256(signed.map(([name, value]) => `${name}:${value}\n`).join('')),
  ].join('\n');
  const expected = hmac(signing.key, text);
  const bytes = Buffer.from(given, 'hex');
  if (bytes.length !== expected.length || !timingSafeEqual(bytes, expected)) {
    throw new AwsError('SignatureDoesNotMatch', 'The signature of the trailer does not match', 403);
  }
}

function readTrailers(bytes: Buffer): [string, string][] {
  const trailers: [string, string][] = [];
  for (const line of bytes.toString('latin1').split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return trailers;
}

/**
 * Takes the `aws-chunked` framing off a body ("Signature calculations for the authorization header: transferring
 * payload in multiple chunks", Amazon S3 API reference).
 *
 * @param signing given where the chunks are signed; the last chunk's trailer is then signed too
 */
export function decodeAwsChunked(framed: Uint8Array, signing?: ChunkSigning): DecodedBody {
  const bytes = Buffer.from(framed.buffer, framed.byteOffset, framed.byteLength);
  const chunks: Uint8Array[] = [];
  let previous = signing?.seed ?? '';
  let at = 0;
  for (;;) {
    const end = bytes.indexOf('\r\n', at);
    if (end === -1) throw malformed();
    const [sizeText = '', ...extensions] = bytes.toString('latin1', at, end).split(';');
    if (!/^[0-9a-fA-F]{1,12}$/.test(sizeText)) throw malformed();
    const size = Number.parseInt(sizeText, 16);
    const data = bytes.subarray(end + 2, end + 2 + size);
    if (data.length !== size) throw malformed();
    if (signing) {
      const given = extensions.find((one) => one.startsWith('chunk-signature='))?.slice(16) ?? '';
      checkSignature(signing, previous, data, given);
      previous = given;
    }
    at = end + 2 + size;
    if (size === 0) break;
    if (bytes.toString('latin1', at, at + 2) !== '\r\n') throw malformed();
    at += 2;
    chunks.push(data);
  }
  const trailers = readTrailers(bytes.subarray(at));
  if (signing && trailers.length > 0) checkTrailerSignature(signing, previous, trailers);
  const body = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
  return { body: body ?? new Uint8Array(0), trailers };
}
