import type { CloudContext } from '../../core/cloud.js';
import type { Dispatch } from '../../core/service.js';
import type { BucketStore } from './bucket-store.js';
import type { ObjectStore } from './objects/object-store.js';
import type { UploadStore } from './objects/upload-store.js';

/** The state that the operations of S3 share. */
export interface S3State {
  readonly buckets: BucketStore;
  readonly objects: ObjectStore;
  readonly uploads: UploadStore;
  readonly dispatch: Dispatch;
  readonly now: () => number;
  readonly reviewPolicy: CloudContext['reviewPolicy'];
}
