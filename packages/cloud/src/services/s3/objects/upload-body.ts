import { AwsError } from '../../../core/aws-error.js';
import { isByteStream, piecesOf } from '../../../core/bytes.js';
import type { BodyStream } from '../../../core/http.js';
import { s3Error } from '../s3-error.js';
import { type BodyClaims, bodyDigest } from './body-digest.js';
import type { BodyStore, KeptBody } from './body-store.js';
import type { Checksum } from './checksum.js';

/** "Maximum size of an object that can be uploaded in a single PUT operation" and of a part: 5 GiB. */
const LARGEST_UPLOAD = 5 * 1024 ** 3;

/** A body on its way in. */
export interface UploadBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Complete once the bytes have ended. */
  readonly trailers: BodyStream['trailers'];
  /** Names of the trailers. */
  readonly announced: readonly string[];
}

/** Bytes that are there already. */
export function bodyOf(bytes: Uint8Array | AsyncIterable<Uint8Array>): UploadBody {
  return { bytes: piecesOf(bytes), trailers: [], announced: [] };
}

/** The gateway's streams say how long they are and what comes behind them. */
function isBodyStream(body: AsyncIterable<Uint8Array>): body is BodyStream {
  return 'trailers' in body;
}

/**
 * The member Body: a stream from a client, bytes or text from a caller in process.
 *
 * @throws AwsError MissingContentLength, EntityTooLarge
 */
export function readUploadBody(body: unknown): UploadBody {
  if (typeof body === 'string') return bodyOf(Buffer.from(body));
  if (body instanceof Uint8Array) return bodyOf(body);
  if (!isByteStream(body)) return bodyOf(new Uint8Array(0));
  if (!isBodyStream(body)) return bodyOf(body);
  const { length, trailers, announced = [] } = body;
  if (length === undefined) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  if (length > LARGEST_UPLOAD) throw s3Error.tooLarge(length, LARGEST_UPLOAD);
  return { bytes: body, trailers, announced };
}

/** A body that is kept and is what was claimed of it. */
export interface CheckedBody extends KeptBody {
  /** Its MD5 in hexadecimal. */
  readonly etag: string;
  readonly checksum: Pick<Checksum, 'algorithm' | 'value'>;
}

/**
 * Keeps a body as it comes in, and checks it.
 *
 * @throws AwsError BadDigest, or what is wrong with the stream; nothing is kept then
 */
export async function keepBody(
  body: Omit<UploadBody, 'announced'>,
  claims: BodyClaims,
  bodies: BodyStore,
): Promise<CheckedBody> {
  const digest = bodyDigest(claims);
  const kept = await bodies.keep(digest.pass(body.bytes));
  try {
    return { ...kept, ...digest.finish(body.trailers) };
  } catch (error) {
    await kept.discard();
    throw error;
  }
}

/** Waits for what makes a kept body somebody's; the body goes where that fails. */
export async function orDiscard<T>(committed: Promise<T>, discard: KeptBody['discard']): Promise<T> {
  try {
    return await committed;
  } catch (error) {
    await discard();
    throw error;
  }
}
