import { s3Error } from '../s3-error.js';
import type { Check } from './object-store.js';

/** Members of inputs by which a writer asks that nobody else has written in between. */
export interface WriteConditions {
  readonly IfMatch?: string | undefined;
  readonly IfNoneMatch?: string | undefined;
}

const unquoted = (etag: string): string => etag.replaceAll('"', '');

/**
 * If-Match and If-None-Match of writes ("How to prevent object overwrites with conditional writes", S3 User Guide).
 *
 * @throws AwsError NotImplemented for conditions that S3 does not take; the check: PreconditionFailed, NoSuchKey
 */
export function writeCondition({ IfMatch, IfNoneMatch }: WriteConditions, key: string): Check {
  if (IfMatch !== undefined && IfNoneMatch !== undefined) {
    const detail = 'Multiple conditional request headers present in the request';
    throw s3Error.headerNotImplemented('If-Match,If-None-Match', detail);
  }
  const refuse = (header: string) =>
    s3Error.headerNotImplemented(header, `We don't accept the provided value of ${header} header for this API`);
  if (IfNoneMatch !== undefined && IfNoneMatch !== '*') throw refuse('If-None-Match');
  if (IfMatch === '*') throw refuse('If-Match');
  return (before) => {
    if (IfNoneMatch === '*' && before) throw s3Error.preconditionFailed('If-None-Match');
    if (IfMatch === undefined) return;
    if (!before) throw s3Error.noSuchKey(key);
    if (unquoted(IfMatch) !== before.etag) throw s3Error.preconditionFailed('If-Match');
  };
}
