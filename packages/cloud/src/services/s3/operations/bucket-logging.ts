import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import type { BucketRecord } from '../buckets/bucket-record.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findSetting, putSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

export const getBucketLogging = s3Operation({
  name: 'GetBucketLogging',
  access: (row) => [bucketAccess(row, 'GetBucketLogging')],
  handle: async (input, call, state) => (await findSetting('logging', input, call, state)) ?? {},
});

/** @throws AwsError InvalidTargetBucketForLogging, CrossLocationLoggingProhibitted */
function checkTarget(source: BucketRecord, target: BucketRecord | undefined, name: string): void {
  if (!target || target.account !== source.account) {
    throw new AwsError('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist', 400, {
      TargetBucket: name,
    });
  }
  if (target.region === source.region) return;
  throw new AwsError('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', 403, {
    SourceBucketLocation: source.region === 'us-east-1' ? undefined : source.region,
    TargetBucketLocation: target.region,
  });
}

/** Stored and answered back: no access of this cloud is logged to a bucket. */
export const putBucketLogging = s3Operation({
  name: 'PutBucketLogging',
  parse: (input) => {
    const { LoggingEnabled } = input.BucketLoggingStatus;
    if (LoggingEnabled?.TargetGrants?.some(({ Grantee }) => Grantee?.Type === undefined)) throw malformedXml();
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketLogging')],
  handle: async (input, call, state) => {
    const { LoggingEnabled } = input.BucketLoggingStatus;
    const bucket = await openBucket(input, call, state);
    if (LoggingEnabled) {
      checkTarget(bucket, await state.buckets.find(LoggingEnabled.TargetBucket), LoggingEnabled.TargetBucket);
    }
    await putSetting('logging', input.BucketLoggingStatus, input, call, state);
  },
});
