import type { Call } from '../../core/operation.js';
import type { BucketInput } from './bucket-input.js';
import type { BucketRecord } from './bucket-store.js';
import { s3Error } from './s3-error.js';
import type { S3State } from './s3-state.js';

/**
 * The bucket that an input names.
 * @throws AwsError NoSuchBucket; PermanentRedirect; AccessDenied where it is not the expected owner's
 */
export async function openBucket({ bucket, owner }: BucketInput, call: Call, state: S3State): Promise<BucketRecord> {
  const record = await state.buckets.get(bucket, call);
  if (owner !== undefined && owner !== record.account) throw s3Error.accessDenied();
  return record;
}
