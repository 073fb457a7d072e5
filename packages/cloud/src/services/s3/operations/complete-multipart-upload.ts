import { createHash } from 'node:crypto';
import { AwsError } from '../../../core/aws-error.js';
import { encodeRfc3986 } from '../../../gateway/signature.js';
import { openBucket } from '../buckets/open-bucket.js';
import { checksumOutput } from '../objects/checksum.js';
import { expirationOf } from '../objects/expiration.js';
import { encryptionOutput, quoted, writtenVersion } from '../objects/object-headers.js';
import type { Check } from '../objects/object-store.js';
import { writeAccess } from '../objects/write-access.js';
import { type WriteConditions, writeCondition } from '../objects/write-conditions.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';
import { chosenParts, listedParts } from '../uploads/chosen-parts.js';
import { findUpload } from '../uploads/find-upload.js';
import { checkClaim, checkMode, objectChecksum } from '../uploads/object-checksum.js';
import type { PartRecord, UploadRecord } from '../uploads/upload-store.js';

function etagOfParts(parts: readonly PartRecord[]): string {
  const joined = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
  return `${createHash('md5').update(joined).digest('hex')}-${parts.length}`;
}

/** @throws AwsError InvalidRequest */
function checkSize(asked: number | undefined, size: number): void {
  if (asked === undefined || asked === size) return;
  throw s3Error.invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${asked} does not match what was computed: ${size}`,
  );
}

function conflict(condition: string, key: string): AwsError {
  return new AwsError(
    'ConditionalRequestConflict',
    'The conditional request cannot succeed due to a conflicting operation against this resource.',
    409,
    { Condition: condition, Key: key },
  );
}

/** Conditions hold over the whole upload: what was written or deleted while it was under way is a conflict. */
function conditionOf(input: WriteConditions & { readonly Key: string }, { initiated, removed }: UploadRecord): Check {
  const check = writeCondition(input, input.Key);
  const { IfMatch, IfNoneMatch } = input;
  return (before) => {
    check(before);
    if (IfMatch !== undefined && before && before.modified > initiated) throw conflict('If-Match', input.Key);
    if (IfNoneMatch !== undefined && removed) throw conflict('If-None-Match', input.Key);
  };
}

export const completeMultipartUpload = s3Operation({
  name: 'CompleteMultipartUpload',
  parse: (input) => {
    writeCondition(input, input.Key);
    return { ...input, parts: listedParts(input.MultipartUpload?.Parts, input.UploadId) };
  },
  access: (row) => [writeAccess(row, true)],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    return state.uploads.serial(input.UploadId, async () => {
      const upload = await findUpload(input, state);
      checkMode(input.ChecksumType, upload);
      const parts = chosenParts(input.parts, upload, await state.uploads.parts(upload));
      const segments = parts.map(({ segment }) => segment);
      const size = segments.reduce((sum, segment) => sum + segment.size, 0);
      checkSize(input.MpuObjectSize, size);
      const checksum = await objectChecksum(upload, parts, state);
      checkClaim(input, checksum);
      const { headers, metadata, tags, acl, retention, legalHold } = upload;
      const object = {
        headers,
        metadata,
        tags,
        acl,
        retention,
        legalHold,
        key: input.Key,
        modified: state.now(),
        etag: etagOfParts(parts),
        size,
        segments,
        // The bytes below a customer's key get no checksum unless the uploader asked for it.
        checksum: headers.SSECustomerKeyMD5 && !upload.checksumAlgorithm ? undefined : checksum,
        partCount: parts.length,
        parts:
          upload.checksumAlgorithm &&
          parts.map(({ number, segment, ...part }) => ({
            number,
            size: segment.size,
            ...(part.checksum && { checksum: part.checksum }),
          })),
      };
      const ending = await state.uploads.end(upload, new Set(segments.map(({ id }) => id)));
      const record = await state.objects.put(bucket, object, ending, conditionOf(input, upload));
      await state.notifications.created('CompleteMultipartUpload', bucket, record, call);
      const path = encodeRfc3986(input.Key).replaceAll('%2F', '/');
      return {
        Location: `http://s3.${bucket.region}.amazonaws.com/${input.Bucket}/${path}`,
        Bucket: input.Bucket,
        Key: input.Key,
        ETag: quoted(record.etag),
        Expiration: expirationOf(record, bucket),
        ...writtenVersion(record.versionId),
        ...checksumOutput(record.checksum),
        ...encryptionOutput(record.headers),
      };
    });
  },
});
