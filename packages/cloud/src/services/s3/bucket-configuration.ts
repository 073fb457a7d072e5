/** A configuration of a bucket that is kept and given back as its XML has it. */
export interface BucketConfiguration {
  /** As in the operations' names: `GetBucketEncryption`. */
  readonly operations: { readonly get: string; readonly put: string; readonly delete?: string };
  /** The query parameter that names it. */
  readonly subresource: string;
  /** The root element. */
  readonly element: string;
  readonly actions: { readonly get: string; readonly put: string };
  /** What is answered where there is none; an empty configuration where AWS has no error for it. */
  readonly absent?: readonly [code: string, message: string];
  /** The status of the answer to PUT. */
  readonly putStatus: number;
}

export type BucketConfigurationName =
  | 'encryption'
  | 'publicAccessBlock'
  | 'tagging'
  | 'lifecycle'
  | 'cors'
  | 'logging'
  | 'notification'
  | 'ownershipControls';

export const BUCKET_CONFIGURATIONS: Readonly<Record<BucketConfigurationName, BucketConfiguration>> = {
  encryption: {
    operations: { get: 'GetBucketEncryption', put: 'PutBucketEncryption', delete: 'DeleteBucketEncryption' },
    subresource: 'encryption',
    element: 'ServerSideEncryptionConfiguration',
    actions: { get: 's3:GetEncryptionConfiguration', put: 's3:PutEncryptionConfiguration' },
    absent: [
      'ServerSideEncryptionConfigurationNotFoundError',
      'The server side encryption configuration was not found',
    ],
    putStatus: 200,
  },
  publicAccessBlock: {
    operations: { get: 'GetPublicAccessBlock', put: 'PutPublicAccessBlock', delete: 'DeletePublicAccessBlock' },
    subresource: 'publicAccessBlock',
    element: 'PublicAccessBlockConfiguration',
    actions: { get: 's3:GetBucketPublicAccessBlock', put: 's3:PutBucketPublicAccessBlock' },
    absent: ['NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'],
    putStatus: 200,
  },
  tagging: {
    operations: { get: 'GetBucketTagging', put: 'PutBucketTagging', delete: 'DeleteBucketTagging' },
    subresource: 'tagging',
    element: 'Tagging',
    actions: { get: 's3:GetBucketTagging', put: 's3:PutBucketTagging' },
    absent: ['NoSuchTagSet', 'The TagSet does not exist'],
    putStatus: 204,
  },
  lifecycle: {
    operations: {
      get: 'GetBucketLifecycleConfiguration',
      put: 'PutBucketLifecycleConfiguration',
      delete: 'DeleteBucketLifecycle',
    },
    subresource: 'lifecycle',
    element: 'LifecycleConfiguration',
    actions: { get: 's3:GetLifecycleConfiguration', put: 's3:PutLifecycleConfiguration' },
    absent: ['NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
    putStatus: 200,
  },
  cors: {
    operations: { get: 'GetBucketCors', put: 'PutBucketCors', delete: 'DeleteBucketCors' },
    subresource: 'cors',
    element: 'CORSConfiguration',
    actions: { get: 's3:GetBucketCORS', put: 's3:PutBucketCORS' },
    absent: ['NoSuchCORSConfiguration', 'The CORS configuration does not exist'],
    putStatus: 200,
  },
  // Stored and given back: nothing here writes access logs.
  logging: {
    operations: { get: 'GetBucketLogging', put: 'PutBucketLogging' },
    subresource: 'logging',
    element: 'BucketLoggingStatus',
    actions: { get: 's3:GetBucketLogging', put: 's3:PutBucketLogging' },
    putStatus: 200,
  },
  notification: {
    operations: { get: 'GetBucketNotificationConfiguration', put: 'PutBucketNotificationConfiguration' },
    subresource: 'notification',
    element: 'NotificationConfiguration',
    actions: { get: 's3:GetBucketNotification', put: 's3:PutBucketNotification' },
    putStatus: 200,
  },
  ownershipControls: {
    operations: {
      get: 'GetBucketOwnershipControls',
      put: 'PutBucketOwnershipControls',
      delete: 'DeleteBucketOwnershipControls',
    },
    subresource: 'ownershipControls',
    element: 'OwnershipControls',
    actions: { get: 's3:GetBucketOwnershipControls', put: 's3:PutBucketOwnershipControls' },
    absent: ['OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'],
    putStatus: 200,
  },
};
