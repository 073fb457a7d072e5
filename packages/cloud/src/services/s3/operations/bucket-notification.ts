import { bucketAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findSetting, putSetting } from '../buckets/settings.js';
import { checkNotifications } from '../notifications/notification-configuration.js';
import { s3Operation } from '../service-state.js';

export const getBucketNotificationConfiguration = s3Operation({
  name: 'GetBucketNotificationConfiguration',
  access: (row) => [bucketAccess(row, 'GetBucketNotification')],
  handle: async (input, call, state) => (await findSetting('notification', input, call, state)) ?? {},
});

export const putBucketNotificationConfiguration = s3Operation({
  name: 'PutBucketNotificationConfiguration',
  access: (row) => [bucketAccess(row, 'PutBucketNotification')],
  handle: async (input, call, state) => {
    const bucket = await openBucket(input, call, state);
    const configuration = checkNotifications(input.NotificationConfiguration);
    if (!input.SkipDestinationValidation) await state.notifications.checkTargets(bucket, configuration, call);
    await putSetting('notification', configuration, input, call, state);
  },
});
