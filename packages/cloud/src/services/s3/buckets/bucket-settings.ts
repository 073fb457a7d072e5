import type { Input } from '../../../model/client-types.js';

/** Configurations of one kind by their ids. */
export type ById<T> = Readonly<Record<string, T>>;

/** The configurations of a bucket, as its operations take them. */
export interface BucketSettings {
  readonly accelerate?: Input<'s3', 'PutBucketAccelerateConfiguration'>['AccelerateConfiguration'];
  readonly acl?: NonNullable<Input<'s3', 'PutBucketAcl'>['AccessControlPolicy']>;
  readonly analytics?: ById<Input<'s3', 'PutBucketAnalyticsConfiguration'>['AnalyticsConfiguration']>;
  readonly cors?: Input<'s3', 'PutBucketCors'>['CORSConfiguration'];
  readonly encryption?: Input<'s3', 'PutBucketEncryption'>['ServerSideEncryptionConfiguration'];
  readonly intelligentTiering?: ById<
    Input<'s3', 'PutBucketIntelligentTieringConfiguration'>['IntelligentTieringConfiguration']
  >;
  readonly inventory?: ById<Input<'s3', 'PutBucketInventoryConfiguration'>['InventoryConfiguration']>;
  readonly lifecycle?: NonNullable<Input<'s3', 'PutBucketLifecycleConfiguration'>['LifecycleConfiguration']> & {
    readonly TransitionDefaultMinimumObjectSize?: Input<
      's3',
      'PutBucketLifecycleConfiguration'
    >['TransitionDefaultMinimumObjectSize'];
  };
  readonly logging?: Input<'s3', 'PutBucketLogging'>['BucketLoggingStatus'];
  readonly metrics?: ById<Input<'s3', 'PutBucketMetricsConfiguration'>['MetricsConfiguration']>;
  readonly notification?: Input<'s3', 'PutBucketNotificationConfiguration'>['NotificationConfiguration'];
  readonly objectLock?: NonNullable<Input<'s3', 'PutObjectLockConfiguration'>['ObjectLockConfiguration']>;
  readonly ownershipControls?: Input<'s3', 'PutBucketOwnershipControls'>['OwnershipControls'];
  readonly publicAccessBlock?: Input<'s3', 'PutPublicAccessBlock'>['PublicAccessBlockConfiguration'];
  readonly replication?: Input<'s3', 'PutBucketReplication'>['ReplicationConfiguration'];
  readonly requestPayment?: Input<'s3', 'PutBucketRequestPayment'>['RequestPaymentConfiguration'];
  readonly tagging?: Input<'s3', 'PutBucketTagging'>['Tagging'];
  readonly website?: Input<'s3', 'PutBucketWebsite'>['WebsiteConfiguration'];
}

export type SettingName = keyof BucketSettings;
