import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import type { BucketSettings } from '../buckets/bucket-settings.js';
import { openBucket } from '../buckets/open-bucket.js';
import { findSetting, putSetting, removesSetting } from '../buckets/settings.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

const ALGORITHMS: readonly (string | undefined)[] = ['AES256', 'aws:kms', 'aws:kms:dsse'];

/** The encryption of a bucket that has no other. */
const DEFAULT_ENCRYPTION: NonNullable<BucketSettings['encryption']> = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
};

export const getBucketEncryption = s3Operation({
  name: 'GetBucketEncryption',
  access: (row) => [bucketAccess(row, 'GetEncryptionConfiguration')],
  handle: async (input, call, state) => ({
    ServerSideEncryptionConfiguration: (await findSetting('encryption', input, call, state)) ?? DEFAULT_ENCRYPTION,
  }),
});

export const putBucketEncryption = s3Operation({
  name: 'PutBucketEncryption',
  access: (row) => [bucketAccess(row, 'PutEncryptionConfiguration')],
  handle: async (input, call, state) => {
    await openBucket(input, call, state);
    const [rule, ...more] = input.ServerSideEncryptionConfiguration.Rules;
    const encryption = rule?.ApplyServerSideEncryptionByDefault;
    if (!rule || more.length > 0 || !encryption || !ALGORITHMS.includes(encryption.SSEAlgorithm)) throw malformedXml();
    if (encryption.SSEAlgorithm === 'AES256' && encryption.KMSMasterKeyID !== undefined) {
      throw s3Error.invalidArgument(
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
        'ApplyServerSideEncryptionByDefault',
      );
    }
    await putSetting(
      'encryption',
      { Rules: [{ ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false }] },
      input,
      call,
      state,
    );
  },
});

/** Takes the bucket's own rule away: S3 encrypts every object. */
export const deleteBucketEncryption = s3Operation({
  name: 'DeleteBucketEncryption',
  ...removesSetting('encryption', 'PutEncryptionConfiguration'),
});
