import { bucketAccess } from '../buckets/bucket-access.js';
import { deleteById, getById, listById, putById } from '../buckets/settings-by-id.js';
import { s3Operation } from '../service-state.js';

export const getBucketIntelligentTieringConfiguration = s3Operation({
  name: 'GetBucketIntelligentTieringConfiguration',
  access: (row) => [bucketAccess(row, 'GetIntelligentTieringConfiguration')],
  handle: async (input, call, state) => ({
    IntelligentTieringConfiguration: await getById('intelligentTiering', input, call, state),
  }),
});

export const listBucketIntelligentTieringConfigurations = s3Operation({
  name: 'ListBucketIntelligentTieringConfigurations',
  access: (row) => [bucketAccess(row, 'GetIntelligentTieringConfiguration')],
  handle: async (input, call, state) => {
    const { list, page } = await listById('intelligentTiering', input, call, state);
    return { ...page, IntelligentTieringConfigurationList: list };
  },
});

/** Stored and answered back: no object of this cloud moves between tiers. */
export const putBucketIntelligentTieringConfiguration = s3Operation({
  name: 'PutBucketIntelligentTieringConfiguration',
  access: (row) => [bucketAccess(row, 'PutIntelligentTieringConfiguration')],
  handle: (input, call, state) =>
    putById('intelligentTiering', input.IntelligentTieringConfiguration, input, call, state),
});

export const deleteBucketIntelligentTieringConfiguration = s3Operation({
  name: 'DeleteBucketIntelligentTieringConfiguration',
  access: (row) => [bucketAccess(row, 'PutIntelligentTieringConfiguration')],
  handle: (input, call, state) => deleteById('intelligentTiering', input, call, state),
});
