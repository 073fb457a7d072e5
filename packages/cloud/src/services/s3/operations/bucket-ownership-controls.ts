import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { getSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

const OWNERSHIPS: readonly (string | undefined)[] = ['BucketOwnerPreferred', 'ObjectWriter', 'BucketOwnerEnforced'];

export const getBucketOwnershipControls = s3Operation({
  name: 'GetBucketOwnershipControls',
  access: (row) => [bucketAccess(row, 'GetBucketOwnershipControls')],
  handle: async (input, call, state) => ({
    OwnershipControls: await getSetting('ownershipControls', input, call, state),
  }),
});

export const putBucketOwnershipControls = s3Operation({
  name: 'PutBucketOwnershipControls',
  parse: (input) => {
    const { Rules } = input.OwnershipControls;
    if (Rules.length !== 1 || !OWNERSHIPS.includes(Rules[0]?.ObjectOwnership)) throw malformedXml();
    return input;
  },
  access: (row) => [bucketAccess(row, 'PutBucketOwnershipControls')],
  handle: (input, call, state) => putSetting('ownershipControls', input.OwnershipControls, input, call, state),
});

export const deleteBucketOwnershipControls = s3Operation({
  name: 'DeleteBucketOwnershipControls',
  ...removesSetting('ownershipControls', 'PutBucketOwnershipControls'),
});
