import { AwsError } from '../../../core/aws-error.js';
import { malformedXml } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../buckets/bucket-access.js';
import { openBucket } from '../buckets/open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../service-state.js';

export const getBucketVersioning = s3Operation({
  name: 'GetBucketVersioning',
  access: (row) => [bucketAccess(row, 'GetBucketVersioning')],
  handle: async (input, call, state) => ({ Status: (await openBucket(input, call, state)).versioning }),
});

export const putBucketVersioning = s3Operation({
  name: 'PutBucketVersioning',
  parse: (input) => {
    const { Status, MFADelete } = input.VersioningConfiguration;
    if (MFADelete === 'Enabled') throw s3Error.unsupported('MFA delete');
    if (Status === undefined) {
      throw new AwsError('IllegalVersioningConfigurationException', 'The Versioning element must be specified');
    }
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
    return { ...input, Status };
  },
  access: (row) => [bucketAccess(row, 'PutBucketVersioning')],
  handle: async (input, call, state) => {
    const { Bucket, Status } = input;
    const { settings } = await openBucket(input, call, state);
    if (settings.objectLock && Status === 'Suspended') {
      const message =
        'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.';
      throw new AwsError('InvalidBucketState', message, 409);
    }
    await state.buckets.change(Bucket, call, (bucket) => ({ ...bucket, versioning: Status }));
  },
});
