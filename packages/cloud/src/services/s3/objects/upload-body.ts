import { AwsError } from '../../../core/aws-error.js';
import { isByteStream, piecesOf } from '../../../core/bytes.js';
import type { BodyStream } from '../../../core/http.js';
import type { Members } from '../../../core/members.js';
import { s3Error } from '../s3-error.js';
import { type BodyClaims, bodyDigest } from './body-digest.js';
import type { BodyStore, KeptBody } from './body-store.js';

/** "Maximum size of an object that can be uploaded in a single PUT operation" and of a part: 5 GiB. */
const LARGEST_UPLOAD = 5 * 1024 ** 3;

/** Headers that say how long the body is, with its framing and without. */
export const LENGTH_HEADERS = {
  'content-length': 'ContentLength',
  'x-amz-decoded-content-length': 'DecodedContentLength',
} as const;

/** A body on its way in. */
export interface UploadBody {
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Complete once the bytes have ended. */
  readonly trailers: BodyStream['trailers'];
}

/**
 * The member Body: a stream from a client, bytes or text from a caller in process.
 *
 * @throws AwsError MissingContentLength, EntityTooLarge
 */
export function readUploadBody(members: Members): UploadBody {
  const body = members.raw('Body');
  if (!isByteStream(body)) return { bytes: piecesOf(members.bytes('Body') ?? new Uint8Array(0)), trailers: [] };
  const length = members.integer('DecodedContentLength') ?? members.integer('ContentLength');
  if (length === undefined) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  if (length > LARGEST_UPLOAD) throw s3Error.tooLarge(length, LARGEST_UPLOAD);
  const trailers = 'trailers' in body && Array.isArray(body.trailers) ? body.trailers : [];
  return { bytes: body, trailers };
}

/** A body that is kept and is what was claimed of it. */
export interface CheckedBody extends KeptBody {
  /** Its MD5 in hexadecimal. */
  readonly etag: string;
  readonly checksum: ReturnType<ReturnType<typeof bodyDigest>['finish']>['checksum'];
}

/**
 * Keeps a body as it comes in, and checks it.
 *
 * @throws AwsError BadDigest, or what is wrong with the stream; nothing is kept then
 */
export async function keepBody(body: UploadBody, claims: BodyClaims, bodies: BodyStore): Promise<CheckedBody> {
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
