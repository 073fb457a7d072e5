import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import type { S3Row } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import { readBodyClaims } from './body-digest.js';
import { checksumOutput } from './checksum.js';
import { expirationOf } from './expiration.js';
import { describeObject } from './new-object.js';
import { encryptionOutput, quoted, shownEtag, writtenVersion } from './object-headers.js';
import { withObjectKey } from './object-key.js';
import { keepBody, orDiscard, readUploadBody } from './upload-body.js';
import { writeAccess, writeTagsAccess } from './write-access.js';
import { writeCondition } from './write-conditions.js';

type PutInput = Input<'s3', 'PutObject'>;

/** The input of PutObject and of a POST form. */
export function parseUpload(input: PutInput) {
  if (input.WriteOffsetBytes !== undefined) throw s3Error.headerNotImplemented('x-amz-write-offset-bytes');
  const body = readUploadBody(input.Body);
  return { ...input, body, claims: readBodyClaims(input, body.announced), check: writeCondition(input, input.Key) };
}

type Upload = ReturnType<typeof parseUpload>;

export const uploadAccess = (row: S3Row<Upload>) => [writeAccess(row, true), writeTagsAccess(row)];

/**
 * Stores the object of an upload.
 * @param how the kind of upload, for notifications
 */
export async function storeUpload(input: Upload, how: 'Put' | 'Post', call: Call, state: S3State) {
  const bucket = await openBucket(input, call, state);
  const described = describeObject(input, bucket, state.now());
  const headers = await withObjectKey(described.headers, { key: input.Key, bucket, call, state });
  const description = { ...described, headers };
  const { segment, writes, etag, checksum, discard } = await keepBody(input.body, input.claims, state.objects.bodies);
  const object = {
    ...description,
    key: input.Key,
    modified: state.now(),
    etag: shownEtag(etag, description.headers),
    size: segment.size,
    segments: [segment],
    checksum: { ...checksum, type: 'FULL_OBJECT' as const },
  };
  const record = await orDiscard(state.objects.put(bucket, object, writes, input.check), discard);
  await state.notifications.created(how, bucket, record, call);
  return {
    ETag: quoted(record.etag),
    Expiration: expirationOf(record, bucket),
    ...writtenVersion(record.versionId),
    ...checksumOutput(record.checksum),
    ...encryptionOutput(record.headers),
  };
}
