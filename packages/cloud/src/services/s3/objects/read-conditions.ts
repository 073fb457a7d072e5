import { AwsError } from '../../../core/aws-error.js';
import { S3Error, s3Error } from '../s3-error.js';
import { quoted } from './object-headers.js';
import type { ObjectRecord } from './object-record.js';
import { wholeSeconds } from './object-time.js';

/** Members of inputs by which a reader asks for an object only if it is this one, or was changed. */
export interface ReadConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
  readonly IfModifiedSince?: Date | undefined;
  readonly IfUnmodifiedSince?: Date | undefined;
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((each) => ['*', etag].includes(each.trim().replace(/^W\//, '').replaceAll('"', '')));
}

/** RFC 9110, 13.1.3: a date in the future is ignored. */
export function isPast(date: Date, now: number): boolean {
  return date.getTime() <= now;
}

function notModified({ etag, modified }: ObjectRecord): AwsError {
  return new S3Error(new AwsError('NotModified', 'Not Modified', 304), [
    ['etag', quoted(etag)],
    ['last-modified', wholeSeconds(modified).toUTCString()],
  ]);
}

/**
 * Conditions of GET and HEAD (RFC 9110, 13.2.2).
 *
 * @throws AwsError PreconditionFailed; NotModified with status 304
 */
export function checkReadConditions(conditions: ReadConditions, object: ObjectRecord, now: number): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modified = wholeSeconds(object.modified);
  if (IfMatch !== undefined) {
    if (!names(IfMatch, object.etag)) throw s3Error.preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince && modified > IfUnmodifiedSince) {
    throw s3Error.preconditionFailed('If-Unmodified-Since');
  }
  const isKnown =
    IfNoneMatch !== undefined
      ? names(IfNoneMatch, object.etag)
      : IfModifiedSince !== undefined && isPast(IfModifiedSince, now) && modified <= IfModifiedSince;
  if (isKnown) throw notModified(object);
}
