import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findSetting, putSetting } from '../buckets/settings.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

export const getBucketAccelerateConfiguration = s3Operation({
  name: 'GetBucketAccelerateConfiguration',
  access: (row) => [bucketAccess(row, 'GetAccelerateConfiguration')],
  handle: async (input, call, state) => (await findSetting('accelerate', input, call, state)) ?? {},
});

/** Stored and answered back: everything in this cloud is as near as it can be. */
export const putBucketAccelerateConfiguration = s3Operation({
  name: 'PutBucketAccelerateConfiguration',
  access: (row) => [bucketAccess(row, 'PutAccelerateConfiguration')],
  handle: async (input, call, state) => {
    const { name } = await openBucket(input, call, state);
    if (name.includes('.')) {
      throw s3Error.invalidRequest(
        'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names',
      );
    }
    const { Status } = input.AccelerateConfiguration;
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
    await putSetting('accelerate', { Status }, input, call, state);
  },
});
