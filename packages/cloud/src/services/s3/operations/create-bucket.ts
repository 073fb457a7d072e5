import { isIP } from 'node:net';
import { requestTags, type Tags } from '../../../core/access.js';
import { AwsError } from '../../../core/aws-error.js';
import { childrenOf, type XmlStructure } from '../../../gateway/read-xml.js';
import { bucketArn, requestKeys } from '../bucket-access.js';
import { readBucketInput } from '../bucket-input.js';
import { GRANT_HEADERS, grantKeys } from '../objects/write-access.js';
import { s3Operation } from '../wire/s3-binding.js';

/** Rules of general purpose buckets ("Bucket naming rules", S3 User Guide). */
function checkBucketName(name: string): void {
  const valid =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    isIP(name) === 0 &&
    !/^(?:xn--|sthree-|amzn-s3-demo-)/.test(name) &&
    !/(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(name);
  if (!valid) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  }
}

function tagsOf(configuration: XmlStructure): XmlStructure | undefined {
  const tags = configuration.Tags;
  if (Array.isArray(tags)) return tags.length > 0 ? { TagSet: { Tag: tags } } : undefined;
  return typeof tags === 'object' && 'Tag' in tags
    ? { TagSet: { Tag: childrenOf(tags as XmlStructure, 'Tag') } }
    : undefined;
}

function tagRecord({ tagging }: { readonly tagging: XmlStructure | undefined }): Tags {
  const set = tagging?.TagSet;
  const tags = typeof set === 'object' && !Array.isArray(set) ? childrenOf(set as XmlStructure, 'Tag') : [];
  return Object.fromEntries(
    tags.flatMap((tag) => (typeof tag === 'string' ? [] : [[String(tag.Key), String(tag.Value ?? '')]])),
  );
}

export const createBucket = s3Operation(
  {
    method: 'PUT',
    target: 'bucket',
    xml: 'CreateBucketConfiguration',
    headers: { ...GRANT_HEADERS, 'x-amz-object-ownership': 'ObjectOwnership' },
    output: { headers: { Location: 'location' } },
  },
  {
    name: 'CreateBucket',
    parse: (raw) => {
      const { bucket, members } = readBucketInput(raw);
      checkBucketName(bucket);
      const configuration = (members.raw('CreateBucketConfiguration') ?? {}) as XmlStructure;
      const location = configuration.LocationConstraint;
      return {
        bucket,
        members,
        location: typeof location === 'string' && location !== '' ? location : undefined,
        tagging: tagsOf(configuration),
      };
    },
    // Nobody owns it yet: whose policies count is who asks.
    access: (row) => [
      row({
        action: 's3:CreateBucket',
        type: 'bucket',
        on: ({ bucket }) => ({ resource: bucketArn(bucket), place: { bucket } }),
        keys: {
          ...requestKeys,
          ...grantKeys,
          ...requestTags(tagRecord),
          's3:locationconstraint': ({ input }) => input.location,
          's3:x-amz-object-ownership': ({ input }) => input.members.text('ObjectOwnership'),
        },
      }),
      row({
        action: 's3:TagResource',
        type: 'bucket',
        on: ({ bucket, tagging }) => (tagging ? { resource: bucketArn(bucket) } : undefined),
        keys: { ...requestKeys, ...requestTags(tagRecord) },
      }),
    ],
    handle: ({ bucket, location, tagging }, { account, region }, { buckets, now }) =>
      buckets.serial(bucket, async () => {
        const asked = location === 'EU' ? 'eu-west-1' : (location ?? 'us-east-1');
        if (asked !== region) {
          throw new AwsError(
            'IllegalLocationConstraintException',
            `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
          );
        }
        const existing = await buckets.find(bucket);
        if (existing && existing.account !== account) {
          throw new AwsError(
            'BucketAlreadyExists',
            'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
            409,
            { BucketName: bucket },
          );
        }
        if (existing) {
          throw new AwsError(
            'BucketAlreadyOwnedByYou',
            'Your previous request to create the named bucket succeeded and you already own it.',
            409,
            { BucketName: bucket },
          );
        }
        await buckets.put({
          name: bucket,
          account,
          region,
          created: now(),
          configurations: {
            encryption: {
              Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: 'false' },
            },
            publicAccessBlock: {
              BlockPublicAcls: 'true',
              IgnorePublicAcls: 'true',
              BlockPublicPolicy: 'true',
              RestrictPublicBuckets: 'true',
            },
            ownershipControls: { Rule: { ObjectOwnership: 'BucketOwnerEnforced' } },
            ...(tagging && { tagging }),
          },
        });
        return { Location: `/${bucket}` };
      }),
  },
);
