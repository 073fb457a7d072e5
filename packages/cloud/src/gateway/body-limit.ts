import { AwsError } from '../core/aws-error.js';
import type { BodyLimit, ProtocolFamily } from '../core/service.js';

const MEBIBYTE = 1024 * 1024;

/**
 * The largest bodies of services that say nothing of theirs. DynamoDB's requests have up to 16 MiB ("Service, account,
 * and table quotas", Amazon DynamoDB Developer Guide), API Gateway's payloads 10 MB; forms are escaped, so a template of
 * 51,200 bytes or a message of 256 KiB needs three times that.
 */
const LARGEST: Record<ProtocolFamily, number> = {
  json: 16 * MEBIBYTE,
  'rest-json': 10 * MEBIBYTE,
  query: 2 * MEBIBYTE,
  'rest-xml': 2 * MEBIBYTE,
};

function tooLarge(family: ProtocolFamily, bytes: number): AwsError {
  // "MaxMessageLengthExceeded" of S3's error responses is of status 400.
  if (family === 'rest-xml') return new AwsError('MaxMessageLengthExceeded', 'Your request was too big.', 400);
  const code = family === 'query' ? 'RequestEntityTooLarge' : 'RequestEntityTooLargeException';
  return new AwsError(code, `Request must be smaller than ${bytes} bytes`, 413);
}

/** The limit on bodies that are held, where a service does not give its own. */
export function defaultBodyLimit(family: ProtocolFamily): BodyLimit {
  const bytes = LARGEST[family];
  return { bytes, tooLarge: () => tooLarge(family, bytes) };
}
