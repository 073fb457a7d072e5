import type { CloudContext } from '../../core/cloud.js';
import { bindOperations } from '../../core/operation.js';
import type { Service } from '../../core/service.js';
import { BucketStore } from './buckets/bucket-store.js';
import { BucketNotifications } from './notifications/bucket-notifications.js';
import { createBodyFiles } from './objects/body-file.js';
import { ObjectStore } from './objects/object-store.js';
import { operations } from './operations/index.js';
import { resourceTypes } from './resources/index.js';
import type { S3State } from './service-state.js';
import { UploadStore } from './uploads/upload-store.js';
import { websiteFront } from './website/website-front.js';
import { admit } from './wire/admit.js';
import { webAccess } from './wire/cors.js';
import { s3Protocol } from './wire/s3-protocol.js';

/** Amazon S3: general purpose buckets, and their websites. */
export function s3(context: CloudContext): Service {
  const { store, objectsFolder, dispatch, now, reviewPolicy } = context;
  const objects = new ObjectStore(store, createBodyFiles(objectsFolder), now);
  const buckets = new BucketStore(store);
  const notifications = new BucketNotifications(context);
  const state: S3State = {
    buckets,
    objects,
    uploads: new UploadStore(store, objects.bodies),
    notifications,
    dispatch,
    now,
    reviewPolicy,
  };
  const protocol = s3Protocol();
  return {
    name: 's3',
    signingNames: ['s3'],
    protocol,
    admit: (head, body) => admit(head, body, buckets, protocol.decodeUpload, context),
    webAccess: (head) => webAccess(head, buckets, protocol),
    operations: bindOperations(state, operations),
    resourceTypes,
    fronts: [websiteFront(context, buckets, protocol)],
    start: async () => {
      await objects.bodies.sweep();
      await notifications.resume();
    },
    stop: async () => notifications.stop(),
  };
}
