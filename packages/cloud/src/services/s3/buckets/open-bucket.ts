import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { BucketRecord } from './bucket-record.js';

/** Members that every input of a bucket's operation has. */
export interface BucketInput {
  readonly Bucket: string;
  readonly Key?: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

const LONGEST_KEY = 1024;

/**
 * The bucket that an input names.
 *
 * @throws AwsError NoSuchBucket; PermanentRedirect; AccessDenied where it is not the expected owner's; KeyTooLongError
 */
export async function openBucket(input: BucketInput, call: Call, state: S3State): Promise<BucketRecord> {
  const { Bucket, Key = '', ExpectedBucketOwner: owner } = input;
  const length = Buffer.byteLength(Key);
  if (length > LONGEST_KEY) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', 400, { MaxSizeAllowed: LONGEST_KEY, Size: length });
  }
  checkOwner(owner);
  const record = await state.buckets.get(Bucket, call);
  if (owner !== undefined && owner !== record.account) throw s3Error.accessDenied();
  return record;
}

/** @throws AwsError InvalidBucketOwnerAWSAccountID */
function checkOwner(owner: string | undefined): void {
  if (owner === undefined || /^\d{12}$/.test(owner)) return;
  const message = `The value of the expected bucket owner parameter must be an AWS Account ID... [${owner}]`;
  throw new AwsError('InvalidBucketOwnerAWSAccountID', message);
}
