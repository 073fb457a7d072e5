import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { asynchronously } from './asynchronous.js';
import type { BoundSource, SourceTarget } from './source-target.js';

/** A bucket, and the handling of notifications that the function did not process. */
export interface BucketBinding extends lambda.EventInvokeConfigOptions {
  readonly bucket: s3.IBucketRef;
}

/** As declared by `goblet` and written in the inventory. */
interface BucketOptions {
  /** The values of `s3.EventType` are S3's own names. */
  readonly events: readonly s3.EventType[];
  readonly prefix?: string;
  readonly suffix?: string;
}

export const bucketSource: BoundSource<BucketBinding> = {
  takes: 'an S3 bucket',
  resource: 'bucket',
  mark: 'bucketRef',
  bind: (target, { bucket, ...invocation }) => {
    const { source, fn } = target;
    const { events, prefix, suffix } = source.options as unknown as BucketOptions;
    const filter = { ...(prefix === undefined ? {} : { prefix }), ...(suffix === undefined ? {} : { suffix }) };
    const notifying = bucketOf(target, bucket);
    for (const event of events) notifying.addEventNotification(event, new LambdaDestination(fn), filter);
    asynchronously(fn, invocation);
  },
};

function bucketOf({ scope, source }: SourceTarget, bucket: s3.IBucketRef): s3.IBucket {
  if ('addEventNotification' in bucket) return bucket as s3.IBucket;
  return s3.Bucket.fromBucketArn(scope, `${source.name}Bucket`, bucket.bucketRef.bucketArn);
}
