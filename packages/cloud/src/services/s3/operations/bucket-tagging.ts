import { bucketAccess } from '../buckets/bucket-access.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';
import { checkTags, RESERVED_BUCKET_TAG } from '../tags.js';

export const getBucketTagging = s3Operation({
  name: 'GetBucketTagging',
  access: (row) => [bucketAccess(row, 'GetBucketTagging')],
  handle: (input, call, state) => getSetting('tagging', input, call, state),
});

export const putBucketTagging = s3Operation({
  name: 'PutBucketTagging',
  access: (row) => [bucketAccess(row, 'PutBucketTagging')],
  handle: async (input, call, state) => {
    const { TagSet } = input.Tagging;
    checkTags(TagSet, RESERVED_BUCKET_TAG, call);
    await putSetting('tagging', TagSet.length > 0 ? { TagSet } : undefined, input, call, state);
  },
});

export const deleteBucketTagging = s3Operation({
  name: 'DeleteBucketTagging',
  ...removesSetting('tagging', 'PutBucketTagging'),
});
