import type { Call } from '../../../core/operation.js';
import { existingTags, type ObjectPlace, type S3Row, versionedAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import { checkCustomerKey } from './customer-key.js';
import { findObject } from './find-object.js';
import { checkArchived } from './object-headers.js';
import type { ObjectRecord } from './object-record.js';
import { wholeSeconds } from './object-time.js';
import { isPast } from './read-conditions.js';

/** Members of inputs that name an object to be copied. */
export interface CopySourceInput {
  readonly CopySource: string;
  readonly CopySourceIfMatch?: string | undefined;
  readonly CopySourceIfNoneMatch?: string | undefined;
  readonly CopySourceIfModifiedSince?: Date | undefined;
  readonly CopySourceIfUnmodifiedSince?: Date | undefined;
  readonly CopySourceSSECustomerAlgorithm?: string | undefined;
  readonly CopySourceSSECustomerKey?: string | undefined;
  readonly CopySourceSSECustomerKeyMD5?: string | undefined;
  readonly ExpectedSourceBucketOwner?: string | undefined;
}

/**
 * `/bucket/key?versionId=…`, percent-encoded.
 *
 * @throws AwsError InvalidArgument
 */
export function readCopySource({ CopySource }: CopySourceInput): ObjectPlace {
  const [source = '', VersionId] = CopySource.split('?versionId=', 2);
  const [, Bucket, Key] = /^(?:https?:\/\/[^/]+)?\/?([^/?]+)\/(.+)$/s.exec(decoded(source)) ?? [];
  if (!Bucket || !Key) {
    throw s3Error.invalidArgument('Invalid copy source object key', 'x-amz-copy-source', 'x-amz-copy-source');
  }
  return { Bucket, Key, VersionId };
}

/** As in a form, `+` is a space. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/** Reading what is copied. */
export const sourceAccess = <Input extends { readonly source: ObjectPlace }>(row: S3Row<Input>) =>
  versionedAccess(row, { object: 'GetObject', version: 'GetObjectVersion' }, ({ source }) => source, {
    keys: existingTags,
  });

function checkConditions(input: CopySourceInput, object: ObjectRecord, now: number): void {
  const { CopySourceIfModifiedSince: since, CopySourceIfUnmodifiedSince: until } = input;
  const match = input.CopySourceIfMatch?.replaceAll('"', '');
  const noneMatch = input.CopySourceIfNoneMatch?.replaceAll('"', '');
  const modified = wholeSeconds(object.modified);
  const refuse = (condition: string) => s3Error.preconditionFailed(`x-amz-copy-source-${condition}`);
  if (match !== undefined && match !== object.etag) throw refuse('If-Match');
  // "x-amz-copy-source-if-match evaluates to true" lets a copy through that was changed since (CopyObject, S3 API).
  if (match === undefined && until && modified > until) throw refuse('If-Unmodified-Since');
  if (noneMatch === object.etag) throw refuse('If-None-Match');
  if (since && isPast(since, now) && modified <= since) throw refuse('If-Modified-Since');
}

/**
 * The object to be copied.
 *
 * @throws AwsError where it is not there, or not as the conditions say
 */
export async function findSource(
  source: ObjectPlace,
  input: CopySourceInput,
  call: Call,
  state: S3State,
): Promise<ObjectRecord> {
  const owner = input.ExpectedSourceBucketOwner;
  await openBucket({ Bucket: source.Bucket, ExpectedBucketOwner: owner }, call, state);
  if (source.VersionId !== undefined) {
    const version = await state.objects.getVersion(source.Bucket, source.Key, source.VersionId);
    if (version?.deleteMarker) {
      const message = 'The source of a copy request may not specifically refer to a delete marker by version id.';
      throw s3Error.invalidRequest(message);
    }
  }
  const object = await findObject(source, call, state);
  checkConditions(input, object, state.now());
  checkArchived(object, state.now());
  const key = {
    SSECustomerAlgorithm: input.CopySourceSSECustomerAlgorithm,
    SSECustomerKey: input.CopySourceSSECustomerKey,
    SSECustomerKeyMD5: input.CopySourceSSECustomerKeyMD5,
  };
  checkCustomerKey(key, object.headers);
  return object;
}
