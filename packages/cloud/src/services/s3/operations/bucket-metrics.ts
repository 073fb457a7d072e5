import { bucketAccess } from '../buckets/bucket-access.js';
import { deleteById, getById, listById, putById } from '../buckets/settings-by-id.js';
import { s3Operation } from '../service-state.js';

export const getBucketMetricsConfiguration = s3Operation({
  name: 'GetBucketMetricsConfiguration',
  access: (row) => [bucketAccess(row, 'GetMetricsConfiguration')],
  handle: async (input, call, state) => ({ MetricsConfiguration: await getById('metrics', input, call, state) }),
});

export const listBucketMetricsConfigurations = s3Operation({
  name: 'ListBucketMetricsConfigurations',
  access: (row) => [bucketAccess(row, 'GetMetricsConfiguration')],
  handle: async (input, call, state) => {
    const { list, page } = await listById('metrics', input, call, state);
    return { ...page, MetricsConfigurationList: list };
  },
});

/** Stored and answered back: this cloud has no metrics of requests. */
export const putBucketMetricsConfiguration = s3Operation({
  name: 'PutBucketMetricsConfiguration',
  access: (row) => [bucketAccess(row, 'PutMetricsConfiguration')],
  handle: (input, call, state) => putById('metrics', input.MetricsConfiguration, input, call, state),
});

export const deleteBucketMetricsConfiguration = s3Operation({
  name: 'DeleteBucketMetricsConfiguration',
  access: (row) => [bucketAccess(row, 'PutMetricsConfiguration')],
  handle: (input, call, state) => deleteById('metrics', input, call, state),
});
