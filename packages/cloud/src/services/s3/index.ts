import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { createBucketStore } from './bucket-store.js';
import { createBodyFiles } from './objects/body-file.js';
import { createObjectStore } from './objects/object-store.js';
import { createUploadStore } from './objects/upload-store.js';
import { bucketConfigurationOperations } from './operations/bucket-configurations.js';
import { deleteBucketPolicy, getBucketPolicy, putBucketPolicy } from './operations/bucket-policy.js';
import { getBucketVersioning, putBucketVersioning } from './operations/bucket-versioning.js';
import { completeMultipartUpload } from './operations/complete-multipart-upload.js';
import { copyObject } from './operations/copy-object.js';
import { createBucket } from './operations/create-bucket.js';
import { createMultipartUpload } from './operations/create-multipart-upload.js';
import { deleteBucket } from './operations/delete-bucket.js';
import { deleteObject, deleteObjects } from './operations/delete-object.js';
import { getBucketLocation } from './operations/get-bucket-location.js';
import { getObject, headObject } from './operations/get-object.js';
import { headBucket } from './operations/head-bucket.js';
import { listBuckets } from './operations/list-buckets.js';
import { listObjectVersions } from './operations/list-object-versions.js';
import { listObjects } from './operations/list-objects.js';
import { listObjectsV2 } from './operations/list-objects-v2.js';
import { abortMultipartUpload, listMultipartUploads, listParts } from './operations/multipart-uploads.js';
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './operations/object-tagging.js';
import { putObject } from './operations/put-object.js';
import { uploadPart, uploadPartCopy } from './operations/upload-part.js';
import { bucketResource } from './resources/bucket.js';
import { bucketPolicyResource } from './resources/bucket-policy.js';
import type { S3State } from './s3-state.js';
import type { S3Operation } from './wire/s3-binding.js';
import { s3Protocol } from './wire/s3-protocol.js';

const OPERATIONS: readonly S3Operation[] = [
  ...bucketConfigurationOperations,
  abortMultipartUpload,
  completeMultipartUpload,
  copyObject,
  createBucket,
  createMultipartUpload,
  deleteBucket,
  deleteBucketPolicy,
  deleteObject,
  deleteObjectTagging,
  deleteObjects,
  getBucketLocation,
  getBucketPolicy,
  getBucketVersioning,
  getObject,
  getObjectTagging,
  headBucket,
  headObject,
  listBuckets,
  listMultipartUploads,
  listObjectVersions,
  listObjects,
  listObjectsV2,
  listParts,
  putBucketPolicy,
  putBucketVersioning,
  putObject,
  putObjectTagging,
  uploadPart,
  uploadPartCopy,
];

/** Amazon S3: general purpose buckets. */
export function s3({ store, objectsFolder, dispatch, now, reviewPolicy }: CloudContext): Service {
  const objects = createObjectStore(store, createBodyFiles(objectsFolder), now);
  const state: S3State = {
    buckets: createBucketStore(store),
    objects,
    uploads: createUploadStore(store, objects.bodies),
    dispatch,
    now,
    reviewPolicy,
  };
  return {
    name: 's3',
    signingNames: ['s3'],
    protocol: s3Protocol(OPERATIONS),
    operations: bindOperations(
      state,
      OPERATIONS.map(({ operation }) => operation),
    ),
    resourceTypes: [bucketResource, bucketPolicyResource],
    start: objects.bodies.sweep,
  };
}
