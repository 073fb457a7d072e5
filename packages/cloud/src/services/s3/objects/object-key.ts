import { AwsError } from '../../../core/aws-error.js';
import type { Call } from '../../../core/operation.js';
import { type KeyUse, type KeyUser, useKey } from '../../../kit/key-use.js';
import { bucketArn, objectArn } from '../buckets/bucket-arn.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { s3Error } from '../s3-error.js';
import type { S3State } from '../service-state.js';
import type { ObjectHeaders } from './object-record.js';

/** S3 has KMS's errors under names of its own, but for those of callers who may not. */
const S3: KeyUser = {
  service: 's3',
  refuse: ({ code, message }) =>
    code === 'AccessDeniedException' ? s3Error.accessDenied(message) : new AwsError(`KMS.${code}`, message, 400),
};

/** The key that S3 has for itself in each account, which encrypts where a request names none. */
const DEFAULT_KEY = 'alias/aws/s3';

/** Of one request: an object, its bucket, and who asks. */
export interface KeyRequest {
  readonly key: string;
  readonly bucket: BucketRecord;
  readonly call: Call;
  readonly state: Pick<S3State, 'dispatch'>;
}

const isKms = ({ ServerSideEncryption }: ObjectHeaders): boolean =>
  ServerSideEncryption?.startsWith('aws:kms') ?? false;

function use(action: KeyUse['action'], headers: ObjectHeaders, { key, bucket, call, state }: KeyRequest) {
  // With a key of the bucket's own, S3 asks KMS for the bucket.
  const arn = headers.BucketKeyEnabled === 'true' ? bucketArn(bucket.name) : objectArn(bucket.name, key);
  const encryptionContext = { 'aws:s3:arn': arn };
  return useKey(state, S3, call, bucket, { keyId: headers.SSEKMSKeyId ?? DEFAULT_KEY, action, encryptionContext });
}

/**
 * The headers of an object that is written, with the ARN of its key where KMS encrypts it: the writer must be allowed to
 * make data keys.
 *
 * @throws AwsError AccessDenied, KMS.NotFoundException, KMS.DisabledException, KMS.KMSInvalidStateException
 */
export async function withObjectKey(headers: ObjectHeaders, request: KeyRequest): Promise<ObjectHeaders> {
  return isKms(headers) ? { ...headers, SSEKMSKeyId: await use('GenerateDataKey', headers, request) } : headers;
}

/** Checks that a reader may use the key of an object that KMS has encrypted. @throws AwsError as withObjectKey does */
export async function checkObjectKey(headers: ObjectHeaders, request: KeyRequest): Promise<void> {
  if (isKms(headers)) await use('Decrypt', headers, request);
}
