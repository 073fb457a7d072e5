import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import type { BucketSettings } from '../buckets/bucket-settings.js';
import { openBucket } from '../buckets/open-bucket.js';
import { getSetting, putSetting } from '../buckets/settings.js';
import { s3Operation } from '../service-state.js';

type ObjectLock = NonNullable<BucketSettings['objectLock']>;

/** @throws AwsError MalformedXML, InvalidRetentionPeriod */
function checkConfiguration({ ObjectLockEnabled, Rule }: ObjectLock): void {
  if (ObjectLockEnabled !== 'Enabled') throw malformedXml();
  if (!Rule) return;
  const { Mode, Days, Years } = Rule.DefaultRetention ?? {};
  if (Mode !== 'GOVERNANCE' && Mode !== 'COMPLIANCE') throw malformedXml();
  if ((Days === undefined) === (Years === undefined)) throw malformedXml();
  if ((Days ?? Years ?? 0) > 0) return;
  throw new AwsError('InvalidArgument', 'Default retention period must be a positive integer value');
}

export const getObjectLockConfiguration = s3Operation({
  name: 'GetObjectLockConfiguration',
  access: (row) => [bucketAccess(row, 'GetBucketObjectLockConfiguration')],
  handle: async (input, call, state) => ({
    ObjectLockConfiguration: await getSetting('objectLock', input, call, state),
  }),
});

export const putObjectLockConfiguration = s3Operation({
  name: 'PutObjectLockConfiguration',
  parse: (input) => {
    const lock = input.ObjectLockConfiguration;
    if (!lock) throw malformedXml();
    checkConfiguration(lock);
    return { ...input, lock };
  },
  access: (row) => [bucketAccess(row, 'PutBucketObjectLockConfiguration')],
  handle: async (input, call, state) => {
    const { versioning } = await openBucket(input, call, state);
    if (versioning !== 'Enabled') {
      throw new AwsError(
        'InvalidBucketState',
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        409,
      );
    }
    await putSetting('objectLock', input.lock, input, call, state);
    return {};
  },
});
