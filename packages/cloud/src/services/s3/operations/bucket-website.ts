import { bucketAccess } from '../buckets/bucket-access.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { checkWebsite } from '../buckets/website-configuration.js';
import { s3Operation } from '../service-state.js';

export const getBucketWebsite = s3Operation({
  name: 'GetBucketWebsite',
  access: (row) => [bucketAccess(row, 'GetBucketWebsite')],
  handle: (input, call, state) => getSetting('website', input, call, state),
});

export const putBucketWebsite = s3Operation({
  name: 'PutBucketWebsite',
  parse: (input) => {
    checkWebsite(input.WebsiteConfiguration);
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketWebsite')],
  handle: (input, call, state) => putSetting('website', input.WebsiteConfiguration, input, call, state),
});

export const deleteBucketWebsite = s3Operation({
  name: 'DeleteBucketWebsite',
  ...removesSetting('website', 'DeleteBucketWebsite'),
});
