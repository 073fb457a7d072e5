import type { Call } from '../../../core/operation.js';
import type { Input } from '../../../model/client-types.js';
import type { S3Row } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { readBodyClaims } from '../objects/body-digest.js';
import { checksumOutput } from '../objects/checksum.js';
import { expirationOf } from '../objects/expiration.js';
import { describeObject } from '../objects/new-object.js';
import { encryptionOutput, quoted, shownEtag, writtenVersion } from '../objects/object-headers.js';
import { withObjectKey } from '../objects/object-key.js';
import { keepBody, orDiscard, readUploadBody } from '../objects/upload-body.js';
import { writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { writeCondition } from '../objects/write-conditions.js';
import { s3Error } from '../s3-error.js';
import { type S3State, s3Operation } from '../service-state.js';

type PutInput = Input<'s3', 'PutObject'>;

/** The input of PutObject and of a POST form. */
export function parseUpload(input: PutInput) {
  if (input.WriteOffsetBytes !== undefined) throw s3Error.headerNotImplemented('x-amz-write-offset-bytes');
  const body = readUploadBody(input.Body);
  return { ...input, body, claims: readBodyClaims(input, body.announced), check: writeCondition(input, input.Key) };
}

type Upload = ReturnType<typeof parseUpload>;

export const uploadAccess = (row: S3Row<Upload>) => [writeAccess(row, true), writeTagsAccess(row)];

/** Stores an object. @param how for the notifications */
export async function storeObject(input: Upload, how: 'Put' | 'Post', call: Call, state: S3State) {
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

export const putObject = s3Operation({
  name: 'PutObject',
  parse: parseUpload,
  access: uploadAccess,
  handle: (input, call, state) => storeObject(input, 'Put', call, state),
});
