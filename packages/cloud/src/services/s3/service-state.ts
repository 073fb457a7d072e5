import type { CloudContext } from '../../core/cloud.js';
import { operationsOf } from '../../model/operation.js';
import type { BucketStore } from './buckets/bucket-store.js';
import type { BucketNotifications } from './notifications/bucket-notifications.js';
import type { ObjectStore } from './objects/object-store.js';
import { refuseInput } from './s3-error.js';
import type { UploadStore } from './uploads/upload-store.js';

/** The state that the operations of S3 share. */
export interface S3State {
  readonly buckets: BucketStore;
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  readonly notifications: BucketNotifications;
  readonly dispatch: CloudContext['dispatch'];
  readonly now: () => number;
  readonly reviewPolicy: CloudContext['reviewPolicy'];
}

/** An operation of S3. */
export const s3Operation = operationsOf<S3State, 's3'>('s3', refuseInput);
