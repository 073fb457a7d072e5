import { AwsError } from '../../../core/aws-error.js';
import type { Members } from '../../../core/members.js';
import { s3Error } from '../s3-error.js';
import type { ObjectRecord } from './object-record.js';

export const READ_CONDITION_HEADERS = {
  'if-match': 'IfMatch',
  'if-none-match': 'IfNoneMatch',
  'if-modified-since': 'IfModifiedSince',
  'if-unmodified-since': 'IfUnmodifiedSince',
} as const;

function names(list: string, etag: string): boolean {
  return list.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '').replaceAll('"', '')));
}

/** Seconds, which is all that HTTP dates have. */
function seconds(time: number): number {
  return Math.floor(time / 1000);
}

/**
 * Conditions of GET and HEAD (RFC 9110, 13.2.2).
 * @throws AwsError PreconditionFailed; NotModified with status 304
 */
export function checkReadConditions(members: Members, { etag, modified }: ObjectRecord): void {
  const match = members.text('IfMatch');
  const noneMatch = members.text('IfNoneMatch');
  const modifiedSince = Date.parse(members.text('IfModifiedSince') ?? '');
  const unmodifiedSince = Date.parse(members.text('IfUnmodifiedSince') ?? '');
  if (match !== undefined) {
    if (!names(match, etag)) throw s3Error.preconditionFailed('If-Match');
  } else if (seconds(modified) > seconds(unmodifiedSince)) {
    throw s3Error.preconditionFailed('If-Unmodified-Since');
  }
  const notModified = noneMatch !== undefined ? names(noneMatch, etag) : seconds(modified) <= seconds(modifiedSince);
  if (notModified) throw new AwsError('NotModified', 'Not Modified', 304);
}
