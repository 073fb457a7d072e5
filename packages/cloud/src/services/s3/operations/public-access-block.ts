import { bucketAccess } from '../buckets/bucket-access.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

export const getPublicAccessBlock = s3Operation({
  name: 'GetPublicAccessBlock',
  access: (row) => [bucketAccess(row, 'GetBucketPublicAccessBlock')],
  handle: async (input, call, state) => ({
    PublicAccessBlockConfiguration: await getSetting('publicAccessBlock', input, call, state),
  }),
});

export const putPublicAccessBlock = s3Operation({
  name: 'PutPublicAccessBlock',
  access: (row) => [bucketAccess(row, 'PutBucketPublicAccessBlock')],
  handle: async (input, call, state) => {
    const given = input.PublicAccessBlockConfiguration;
    const block = {
      BlockPublicAcls: given.BlockPublicAcls ?? false,
      IgnorePublicAcls: given.IgnorePublicAcls ?? false,
      BlockPublicPolicy: given.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    };
    await putSetting('publicAccessBlock', block, input, call, state);
  },
});

export const deletePublicAccessBlock = s3Operation({
  name: 'DeletePublicAccessBlock',
  ...removesSetting('publicAccessBlock', 'PutBucketPublicAccessBlock'),
});
