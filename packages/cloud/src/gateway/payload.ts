import { createHash } from 'node:crypto';
import { AwsError } from '../core/aws-error.js';
import { type BodyStream, header, type RequestHead } from '../core/http.js';
import type { Authenticated, Payload, SignedRequest } from './authentication.js';
import { authenticationError } from './authentication-error.js';
import { decodeAwsChunked } from './aws-chunked.js';

const UNSIGNED_TRAILER = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
const SIGNED = /^STREAMING-AWS4-HMAC-SHA256-PAYLOAD(?:-TRAILER)?$/;

function announcedTrailers(head: RequestHead): readonly string[] {
  const names = (header(head, 'x-amz-trailer') ?? '').split(',');
  return names.map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
}

async function* ofLength(body: AsyncIterable<Uint8Array>, length: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > length) break;
    yield piece;
  }
  if (size === length) return;
  throw new AwsError(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header',
    400,
  );
}

async function* ofHash(body: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of body) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== sha256) throw authenticationError('rest-xml', 'payload');
}

/**
 * The body of a request of S3 without its framing. By the time it ends it has been checked against what was signed:
 * its hash, or the chunks and their trailer.
 */
export function verifiedBody(
  head: RequestHead,
  body: AsyncIterable<Uint8Array>,
  signed: SignedRequest,
  authenticated: Authenticated,
  payload: Payload,
): BodyStream {
  const sent = lengthOf(head, 'content-length');
  if (payload.kind === 'unsigned') {
    return { length: sent, trailers: [], [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() };
  }
  if (payload.kind === 'hashed') {
    return { length: sent, trailers: [], [Symbol.asyncIterator]: () => ofHash(body, payload.sha256) };
  }
  const { content } = payload;
  const isSigned = SIGNED.test(content);
  if (!isSigned && content !== UNSIGNED_TRAILER) {
    throw new AwsError('NotImplemented', `The local cloud does not verify x-amz-content-sha256: ${content}`, 400);
  }
  const { signingKey: key, signature: seed } = authenticated;
  const announced = announcedTrailers(head);
  const decoded = decodeAwsChunked(body, {
    ...(isSigned && { signing: { key, seed, scope: signed.scope, amzDate: signed.amzDate } }),
    announced,
  });
  const { trailers } = decoded;
  const promised = lengthOf(head, 'x-amz-decoded-content-length');
  if (promised === undefined) {
    return { length: sent, announced, trailers, [Symbol.asyncIterator]: () => decoded[Symbol.asyncIterator]() };
  }
  return { length: promised, announced, trailers, [Symbol.asyncIterator]: () => ofLength(decoded, promised) };
}

/** The body of a request without a signature, without its framing. @throws AwsError where its chunks are signed */
export function unsignedBody(head: RequestHead, body: AsyncIterable<Uint8Array>): BodyStream {
  const content = header(head, 'x-amz-content-sha256');
  const length = lengthOf(head, 'content-length');
  if (content !== UNSIGNED_TRAILER) {
    if (content !== undefined && SIGNED.test(content)) throw authenticationError('rest-xml', 'missing');
    return { length, trailers: [], [Symbol.asyncIterator]: () => body[Symbol.asyncIterator]() };
  }
  const announced = announcedTrailers(head);
  const decoded = decodeAwsChunked(body, { announced });
  return {
    length: lengthOf(head, 'x-amz-decoded-content-length') ?? length,
    announced,
    trailers: decoded.trailers,
    [Symbol.asyncIterator]: () => decoded[Symbol.asyncIterator](),
  };
}

function lengthOf(head: RequestHead, name: string): number | undefined {
  const text = header(head, name);
  return text === undefined ? undefined : Number(text);
}
