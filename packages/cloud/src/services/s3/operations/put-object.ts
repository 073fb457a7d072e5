import { openBucket } from '../buckets/open-bucket.js';
import { readBodyClaims } from '../objects/body-digest.js';
import { checksumOutput } from '../objects/checksum.js';
import { expirationOf } from '../objects/expiration.js';
import { describeObject } from '../objects/new-object.js';
import { encryptionOutput, quoted, writtenVersion } from '../objects/object-headers.js';
import { keepBody, orDiscard, readUploadBody } from '../objects/upload-body.js';
import { writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { writeCondition } from '../objects/write-conditions.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

export const putObject = s3Operation({
  name: 'PutObject',
  parse: (input) => {
    if (input.WriteOffsetBytes !== undefined) throw s3Error.headerNotImplemented('x-amz-write-offset-bytes');
    const body = readUploadBody(input.Body);
    const claims = readBodyClaims(input, body.announced);
    return { ...input, body, claims, check: writeCondition(input, input.Key) };
  },
  access: (row) => [writeAccess(row, true), writeTagsAccess(row)],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const description = describeObject(input, bucket, state.now());
    const { segment, writes, etag, checksum, discard } = await keepBody(input.body, input.claims, state.objects.bodies);
    const object = {
      ...description,
      key: input.Key,
      modified: state.now(),
      etag,
      size: segment.size,
      segments: [segment],
      checksum: { ...checksum, type: 'FULL_OBJECT' as const },
    };
    const record = await orDiscard(state.objects.put(bucket, object, writes, input.check), discard);
    await state.notifications.created('Put', bucket, record, call);
    return {
      ETag: quoted(etag),
      Expiration: expirationOf(record, bucket),
      ...writtenVersion(record.versionId),
      ...checksumOutput(record.checksum),
      ...encryptionOutput(record.headers),
    };
  },
});
