import { bucketAccess } from '../buckets/bucket-access.js';
import { deleteById, getById, listById, putById } from '../buckets/settings-by-id.js';
import { s3Operation } from '../service-state.js';

export const getBucketInventoryConfiguration = s3Operation({
  name: 'GetBucketInventoryConfiguration',
  access: (row) => [bucketAccess(row, 'GetInventoryConfiguration')],
  handle: async (input, call, state) => ({ InventoryConfiguration: await getById('inventory', input, call, state) }),
});

export const listBucketInventoryConfigurations = s3Operation({
  name: 'ListBucketInventoryConfigurations',
  access: (row) => [bucketAccess(row, 'GetInventoryConfiguration')],
  handle: async (input, call, state) => {
    const { list, page } = await listById('inventory', input, call, state);
    return { ...page, InventoryConfigurationList: list };
  },
});

/** Stored and answered back: this cloud writes no inventories. */
export const putBucketInventoryConfiguration = s3Operation({
  name: 'PutBucketInventoryConfiguration',
  access: (row) => [
    bucketAccess(row, 'PutInventoryConfiguration', {
      's3:InventoryAccessibleOptionalFields': ({ input }) => input.InventoryConfiguration.OptionalFields,
    }),
  ],
  handle: (input, call, state) => putById('inventory', input.InventoryConfiguration, input, call, state),
});

export const deleteBucketInventoryConfiguration = s3Operation({
  name: 'DeleteBucketInventoryConfiguration',
  access: (row) => [
    bucketAccess(row, 'PutInventoryConfiguration', { 's3:InventoryAccessibleOptionalFields': () => undefined }),
  ],
  handle: (input, call, state) => deleteById('inventory', input, call, state),
});
