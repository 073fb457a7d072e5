import { bucketAccess } from '../buckets/bucket-access.js';
import { deleteById, getById, listById, putById } from '../buckets/settings-by-id.js';
import { s3Operation } from '../service-state.js';

export const getBucketAnalyticsConfiguration = s3Operation({
  name: 'GetBucketAnalyticsConfiguration',
  access: (row) => [bucketAccess(row, 'GetAnalyticsConfiguration')],
  handle: async (input, call, state) => ({ AnalyticsConfiguration: await getById('analytics', input, call, state) }),
});

export const listBucketAnalyticsConfigurations = s3Operation({
  name: 'ListBucketAnalyticsConfigurations',
  access: (row) => [bucketAccess(row, 'GetAnalyticsConfiguration')],
  handle: async (input, call, state) => {
    const { list, page } = await listById('analytics', input, call, state);
    return { ...page, AnalyticsConfigurationList: list };
  },
});

/** Stored and answered back: this cloud analyses no storage classes. */
export const putBucketAnalyticsConfiguration = s3Operation({
  name: 'PutBucketAnalyticsConfiguration',
  access: (row) => [bucketAccess(row, 'PutAnalyticsConfiguration')],
  handle: (input, call, state) => putById('analytics', input.AnalyticsConfiguration, input, call, state),
});

export const deleteBucketAnalyticsConfiguration = s3Operation({
  name: 'DeleteBucketAnalyticsConfiguration',
  access: (row) => [bucketAccess(row, 'PutAnalyticsConfiguration')],
  handle: (input, call, state) => deleteById('analytics', input, call, state),
});
