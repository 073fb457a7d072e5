import type { Input } from '../../../model/client-types.js';
import type { ObjectPlace } from '../buckets/bucket-access.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { openBucket } from '../buckets/open-bucket.js';
import { checksumOutput, parseAlgorithm } from '../objects/checksum.js';
import { findSource, readCopySource, sourceAccess } from '../objects/copy-source.js';
import { expirationOf } from '../objects/expiration.js';
import { describeObject } from '../objects/new-object.js';
import {
  encryptionOutput,
  quoted,
  readObjectHeaders,
  shownEtag,
  versionOutput,
  withBucketEncryption,
} from '../objects/object-headers.js';
import { checkObjectKey, withObjectKey } from '../objects/object-key.js';
import type { ObjectHeaders, ObjectRecord } from '../objects/object-record.js';
import { wholeSeconds } from '../objects/object-time.js';
import { bodyOf, keepBody, orDiscard } from '../objects/upload-body.js';
import { NULL_VERSION } from '../objects/version-id.js';
import { writeAccess, writeTagsAccess } from '../objects/write-access.js';
import { writeCondition } from '../objects/write-conditions.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

type CopyInput = Input<'s3', 'CopyObject'> & { readonly source: ObjectPlace };

const DIRECTIVES: readonly (string | undefined)[] = ['COPY', 'REPLACE', undefined];

/** @throws AwsError InvalidArgument */
function checkDirective(directive: string | undefined, kind: string, header: string): void {
  if (DIRECTIVES.includes(directive)) return;
  throw s3Error.invalidArgument(`Unknown ${kind} directive.`, header, directive);
}

/** Storage class, encryption and redirect are never copied. */
function ownHeaders(headers: ObjectHeaders): ObjectHeaders {
  const { StorageClass, ServerSideEncryption, SSEKMSKeyId, BucketKeyEnabled, WebsiteRedirectLocation } = headers;
  const { SSECustomerAlgorithm, SSECustomerKeyMD5 } = headers;
  return {
    StorageClass,
    ServerSideEncryption,
    SSEKMSKeyId,
    BucketKeyEnabled,
    WebsiteRedirectLocation,
    SSECustomerAlgorithm,
    SSECustomerKeyMD5,
  };
}

/**
 * A copy of an object over itself has to change something.
 *
 * @throws AwsError InvalidRequest
 */
function checkChange(input: CopyInput, source: ObjectRecord, { settings }: BucketRecord): void {
  const isItself = input.source.Bucket === input.Bucket && input.source.Key === input.Key;
  if (!isItself || input.source.VersionId !== undefined || input.MetadataDirective === 'REPLACE') return;
  const changes = Object.entries(ownHeaders(readObjectHeaders(input))).some(([, value]) => value !== undefined);
  // A rule of the bucket's own encrypts the copy anew, and so does what S3 does without one.
  const { ServerSideEncryption = 'AES256', SSECustomerAlgorithm } = source.headers;
  const isReencrypted = settings.encryption !== undefined || ServerSideEncryption !== 'AES256';
  if (changes || isReencrypted || SSECustomerAlgorithm !== undefined) return;
  throw s3Error.invalidRequest(
    "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
  );
}

/** The description of the copy: from the source, or from the request if that replaces it. */
function describeCopy(input: CopyInput, source: ObjectRecord, bucket: BucketRecord, now: number) {
  const asked = describeObject(input, bucket, now);
  const replaces = input.MetadataDirective === 'REPLACE';
  const described = { ...source.headers, ...ownHeaders(readObjectHeaders(input)) };
  return {
    ...asked,
    headers: replaces ? asked.headers : withBucketEncryption(described, bucket),
    metadata: replaces ? asked.metadata : source.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? asked.tags : source.tags,
  };
}

export const copyObject = s3Operation({
  name: 'CopyObject',
  parse: (input) => {
    checkDirective(input.MetadataDirective, 'metadata', 'x-amz-metadata-directive');
    checkDirective(input.TaggingDirective, 'tagging', 'x-amz-tagging-directive');
    return {
      ...input,
      source: readCopySource(input),
      algorithm: parseAlgorithm(input.ChecksumAlgorithm),
      check: writeCondition(input, input.Key),
    };
  },
  access: (row) => [...sourceAccess(row), writeAccess(row, true), writeTagsAccess(row)],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const source = await findSource(input.source, input, call, state);
    checkChange(input, source, bucket);
    const described = describeCopy(input, source, bucket, state.now());
    const from = await state.buckets.get(input.source.Bucket, call);
    await checkObjectKey(source.headers, { key: source.key, bucket: from, call, state });
    const headers = await withObjectKey(described.headers, { key: input.Key, bucket, call, state });
    const description = { ...described, headers };
    const algorithm = input.algorithm ?? source.checksum?.algorithm;
    const bytes = await state.objects.bodies.read(source.segments, 0, source.size);
    const copy = await keepBody(bodyOf(bytes), { algorithm }, state.objects.bodies);
    const object = {
      ...description,
      key: input.Key,
      modified: state.now(),
      etag: shownEtag(copy.etag, description.headers),
      size: source.size,
      segments: [copy.segment],
      checksum: { ...copy.checksum, type: 'FULL_OBJECT' as const },
    };
    const record = await orDiscard(state.objects.put(bucket, object, copy.writes, input.check), copy.discard);
    await state.notifications.created('Copy', bucket, record, call);
    return {
      Expiration: expirationOf(record, bucket),
      ...versionOutput(record.versionId, bucket),
      ...encryptionOutput(record.headers),
      CopySourceVersionId: source.versionId === NULL_VERSION ? undefined : source.versionId,
      CopyObjectResult: {
        ETag: quoted(record.etag),
        LastModified: wholeSeconds(record.modified),
        ...checksumOutput(record.checksum),
      },
    };
  },
});
