import { malformedXml, type XmlStructure } from '../../../gateway/read-xml.js';
import { bucketAccess } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { openBucket } from '../open-bucket.js';
import { s3Error } from '../s3-error.js';
import { s3Operation } from '../wire/s3-binding.js';

export const getBucketVersioning = s3Operation(
  { method: 'GET', target: 'bucket', when: ['versioning'], output: { element: 'VersioningConfiguration' } },
  {
    name: 'GetBucketVersioning',
    parse: readBucketInput,
    access: (row) => [bucketAccess(row, 's3:GetBucketVersioning')],
    handle: async (input, call, state) => {
      const { versioning } = await openBucket(input, call, state);
      return versioning ? { Status: versioning } : {};
    },
  },
);

export const putBucketVersioning = s3Operation(
  { method: 'PUT', target: 'bucket', when: ['versioning'], xml: 'VersioningConfiguration' },
  {
    name: 'PutBucketVersioning',
    parse: (raw) => {
      const input = readBucketInput(raw);
      const { Status: status, MfaDelete } = (input.members.raw('VersioningConfiguration') ?? {}) as XmlStructure;
      if (MfaDelete === 'Enabled') throw s3Error.notImplemented('MFA delete');
      if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
      return { ...input, status: status as 'Enabled' | 'Suspended' };
    },
    access: (row) => [bucketAccess(row, 's3:PutBucketVersioning')],
    handle: async (input, call, state) => {
      await openBucket(input, call, state);
      await state.buckets.change(input.bucket, call, (bucket) => ({ ...bucket, versioning: input.status }));
      return {};
    },
  },
);
